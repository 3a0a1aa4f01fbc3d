"""Training code: reports what a trial reports, and sends alerts that a careless program would."""

import logging

import determined as det

ALERTS = [
    dict(title="plain", description="d", level="warn"),
    dict(title="x" * 1001, description="y" * 25_000, level="error"),
    dict(title=None, description=None),
    dict(title="", description="", level="debug"),
    dict(title="no such level", level="trace"),
    dict(title='<b>"&\\ \u0000 \U0001f389', description="line\nline\ttab\r"),
    dict(title="half a character: \ud83d"),
    dict(title=7, description=["a", 1.5, None], level="info"),
    dict(title=float("nan"), description={"k": float("inf")}),
]

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format=det.LOG_FORMAT)
    with det.core.init() as context:
        context.train.report_metrics(group="validation", steps_completed=1, metrics={"acc": 0.95})
        print("a CUDA error", flush=True)
        for alert in ALERTS:
            context.alert(**alert)
    print("end of training", flush=True)
