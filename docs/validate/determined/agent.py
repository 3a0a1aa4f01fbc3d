"""Runs the experiments of a stub master with `jobs: external`, in the place of an agent.

    agent.py MASTER_URL USERNAME PASSWORD CODE_DIRECTORY

Every experiment that runs gets a process of its own, with the environment that Determined gives a
trial. The process runs in CODE_DIRECTORY, where the entrypoint's files are; what it prints becomes
the trial's log, and its exit code ends the experiment.
"""

import json
import os
import subprocess
import sys
import threading
import time

from determined.common.api import authentication, bindings

NODE = "agent-1"
CONTAINER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "container")
RUNNING = bindings.experimentv1State.RUNNING


def environment(session, experiment, trial, storage):
    config = dict(experiment.config, checkpoint_storage=storage)
    config.setdefault("searcher", {"name": "single", "metric": "x"})
    return {
        **os.environ,
        "DET_MASTER": session.master,
        "DET_USER": session.username,
        "DET_SESSION_TOKEN": session.token,
        "DET_CLUSTER_ID": "stub",
        "DET_AGENT_ID": NODE,
        "DET_SLOT_IDS": "[0]",
        "DET_TASK_ID": trial.taskId,
        "DET_ALLOCATION_ID": trial.taskId + ".1",
        "DET_TASK_TYPE": "TRIAL",
        "DET_EXPERIMENT_CONFIG": json.dumps(config),
        "DET_EXPERIMENT_ID": str(experiment.id),
        "DET_TRIAL_ID": str(trial.id),
        "DET_TRIAL_SEED": "1",
        "DET_TRIAL_RUN_ID": "1",
        "DET_HPARAMS": json.dumps(config.get("hyperparameters", {})),
        "DET_STEPS_COMPLETED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": CONTAINER,
        "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"],
    }


def command(config):
    entrypoint = config["entrypoint"]
    return entrypoint if isinstance(entrypoint, list) else ["sh", "-c", entrypoint]


def run(session, experiment, directory):
    trial = bindings.get_GetExperimentTrials(session, experimentId=experiment.id).trials[0]
    storage = {"type": "directory", "container_path": os.path.join(directory, "checkpoints")}
    job = subprocess.Popen(
        command(experiment.config),
        cwd=directory,
        env=environment(session, experiment, trial, storage),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in job.stdout:
        print(f"experiment {experiment.id}: {line}", end="", flush=True)
        log = bindings.v1TaskLog(taskId=trial.taskId, agentId=NODE, log=line)
        bindings.post_PostTaskLogs(session, body=bindings.v1PostTaskLogsRequest(logs=[log]))
    state = bindings.trialv1State.COMPLETED if job.wait() == 0 else bindings.trialv1State.ERROR
    end = bindings.v1PatchTrialRequest(trialId=trial.id, state=state)
    bindings.patch_PatchTrial(session, body=end, trialId=trial.id)
    print(f"experiment {experiment.id} has ended: {state.value}", flush=True)


def main(master, username, password, directory):
    session = authentication.login(master, username, password)
    started = set()
    print("waiting for experiments", flush=True)
    while True:
        for experiment in bindings.get_GetExperiments(session).experiments:
            if experiment.id not in started and experiment.state == RUNNING:
                started.add(experiment.id)
                threading.Thread(
                    target=run, args=(session, experiment, directory), daemon=True
                ).start()
        time.sleep(0.1)


if __name__ == "__main__":
    main(*sys.argv[1:])
