"""Judges a master's webhooks with the bindings of Determined's own client, unmodified.

    webhooks.py MASTER_URL USERNAME PASSWORD RECEIVER_URL

Exits with 0 if every check holds, and with the failed check's traceback otherwise.
"""

import itertools
import sys

from determined.common.api import authentication, bindings, errors

STATE = bindings.v1TriggerType.EXPERIMENT_STATE_CHANGE
TRIGGERS = {
    STATE: {"state": "COMPLETED"},
    bindings.v1TriggerType.TASK_LOG: {"regex": "CUDA"},
    bindings.v1TriggerType.CUSTOM: None,
    bindings.v1TriggerType.METRIC_THRESHOLD_EXCEEDED: {
        "metric": "acc",
        "operator": ">=",
        "value": 0.9,
    },
}
FORMATS = ["DEFAULT", "SLACK", "MSTEAMS", "DISCORD", "CLOUDEVENTS"]
MODES = [m for m in bindings.v1WebhookMode if m != bindings.v1WebhookMode.UNSPECIFIED]

# what an answer holds in a field of this name, wherever it stands
ENUMS = {
    "webhookType": bindings.v1WebhookType,
    "mode": bindings.v1WebhookMode,
    "triggerType": bindings.v1TriggerType,
    "level": bindings.v1LogLevel,
}


def webhook(url, **fields):
    trigger = bindings.v1Trigger(triggerType=STATE, condition=TRIGGERS[STATE])
    asked = dict(
        url=url,
        webhookType=bindings.v1WebhookType.DEFAULT,
        triggers=[trigger],
        mode=bindings.v1WebhookMode.WORKSPACE,
        name="",
        workspaceId=None,
    )
    return bindings.v1Webhook(**{**asked, **fields})


def check_the_life_of_a_webhook(session, receiver):
    made = bindings.post_PostWebhook(session, body=webhook(receiver, name="life")).webhook
    assert made.workspaceId == 0 and made.name == "life", made
    assert bindings.post_TestWebhook(session, id=made.id).completed is True
    other = receiver + "/other"
    bindings.patch_PatchWebhook(session, body=bindings.v1PatchWebhook(url=other), id=made.id)
    listed = {w.id: w for w in bindings.get_GetWebhooks(session).webhooks}
    assert listed[made.id].url == other, listed[made.id].url
    assert listed[made.id].triggers[0].condition == TRIGGERS[STATE]
    bindings.delete_DeleteWebhook(session, id=made.id)
    assert made.id not in {w.id for w in bindings.get_GetWebhooks(session).webhooks}
    try:
        bindings.post_TestWebhook(session, id=made.id)
        raise AssertionError("a deleted webhook was tested")
    except errors.NotFoundException:
        pass


def check_that_the_list_reads_with_every_format_mode_and_trigger(session, receiver):
    """The client's bindings reject a whole list for one value that they do not know."""
    made = set()
    for form, mode, trigger in itertools.product(FORMATS, MODES, TRIGGERS):
        custom = trigger == bindings.v1TriggerType.CUSTOM
        if custom and mode != bindings.v1WebhookMode.SPECIFIC:
            continue
        asked = webhook(receiver, mode=mode).to_json(omit_unset=True)
        asked["triggers"] = [{"triggerType": trigger.value, "condition": TRIGGERS[trigger]}]
        for field in ({"format": form}, {"webhookType": "WEBHOOK_TYPE_" + form}):
            body = {k: v for k, v in asked.items() if k != "webhookType"}
            answer = session.post("api/v1/webhooks", json={**body, **field}).json()
            read = bindings.v1PostWebhookResponse.from_json(answer).webhook
            assert (read.mode, read.triggers[0].triggerType) == (mode, trigger), answer
            made.add(read.id)
    listed = bindings.get_GetWebhooks(session).webhooks
    assert made <= {w.id for w in listed}
    assert {w.webhookType for w in listed} == {
        bindings.v1WebhookType.DEFAULT,
        bindings.v1WebhookType.SLACK,
    }
    check_enums(session.get("api/v1/webhooks").json())
    for form in (f for f in FORMATS if f != "DEFAULT"):
        check_a_format_survives_the_client(session, listed, form)
    for one in made:
        bindings.delete_DeleteWebhook(session, id=one)


def check_a_format_survives_the_client(session, listed, form):
    """The client knows no format; editing the URL must not change it."""
    raw = session.get("api/v1/webhooks").json()["webhooks"]
    one = next(w for w in raw if w["format"] == form)
    known = next(w for w in listed if w.id == one["id"])
    bindings.patch_PatchWebhook(
        session, body=bindings.v1PatchWebhook(url=known.url), id=known.id
    )
    again = session.get(f"api/v1/webhooks/{known.id}").json()["webhook"]
    assert again["format"] == form, again


def check_enums(value):
    """Every enum in an answer, however deep, holds a value of the client's own enum."""
    if isinstance(value, list):
        for each in value:
            check_enums(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name in ENUMS:
                ENUMS[name](each)
            else:
                check_enums(each)


def check_that_every_state_is_one_of_the_clients(session):
    for experiment in session.get("api/v1/experiments").json()["experiments"]:
        bindings.experimentv1State(experiment["state"])
        trials = session.get(f"api/v1/experiments/{experiment['id']}/trials").json()["trials"]
        bindings.trialv1State(trials[0]["state"])
    states = session.get("api/v1/webhooks/choices").json()["states"]
    for state in states:
        bindings.experimentv1State("STATE_" + state)


def check_that_every_page_of_answers_keeps_to_the_enums(session, receiver):
    made = bindings.post_PostWebhook(session, body=webhook(receiver)).webhook
    one = f"api/v1/webhooks/{made.id}"
    session.post(one + "/test?report=true")
    for path in ("api/v1/webhooks", one, one + "/deliveries", "api/v1/webhooks?limit=1"):
        check_enums(session.get(path).json())
    check_enums(session.post("api/v1/webhooks/preview", json=made.to_json()).json())
    bindings.delete_DeleteWebhook(session, id=made.id)


def main(master, username, password, receiver):
    session = authentication.login(master, username, password)
    check_the_life_of_a_webhook(session, receiver)
    check_that_the_list_reads_with_every_format_mode_and_trigger(session, receiver)
    check_that_every_page_of_answers_keeps_to_the_enums(session, receiver)
    check_that_every_state_is_one_of_the_clients(session)
    print("every check holds")


if __name__ == "__main__":
    main(*sys.argv[1:])
