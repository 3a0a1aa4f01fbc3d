"""Python reads this file at its start. In a trial of agent.py it stands for a container's files.

In a container, Determined's client reads from /run/determined what the cluster tells a trial. Here
trials share the machine, so the client is given what it would have read.
"""

import os

if "DET_TRIAL_ID" in os.environ:
    from determined import _info

    info = _info.ClusterInfo._from_env()
    info._trial_info = _info.TrialInfo._from_env()
    info._rendezvous_info = _info.RendezvousInfo(
        container_addrs=["127.0.0.1"], container_rank=0, container_slot_counts=[1]
    )
    info._resources_info = _info.ResourcesInfo(gpu_uuids=[])
    _info._info = info
