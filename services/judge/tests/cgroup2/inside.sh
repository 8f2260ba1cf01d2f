#!/bin/sh
# Init of the machine under QEMU: mounts, runs pytest with the words it was given, powers off.
mount -t sysfs sys /sys
mkdir -p /dev/shm /dev/pts
mount -t tmpfs tmpfs /tmp
mount -t tmpfs tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
ip link set lo up 2> /dev/null
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp PYTHONPATH=/judge PYTHONDONTWRITEBYTECODE=1 JUDGE_TEST_SLOWNESS=10
cd /judge || exit 1
# Below the root group, as a service would be: the root's own files differ.
mkdir -p /sys/fs/cgroup/service
echo "+memory +pids +cpu" > /sys/fs/cgroup/cgroup.subtree_control
echo $$ > /sys/fs/cgroup/service/cgroup.procs
uname -r
echo 'building boxd'
make --silent -C boxd || echo "boxd cannot be built"
echo 'asking the doctor'
python3 -m judge.doctor
if [ "$1" = attacks ]; then
    shift
    JUDGE_TEST_SLOWNESS=4 python3 exploits/run.py "$@" < /dev/null
else
    python3 -m pytest -q --color=no "$@" < /dev/null
fi
echo "CGROUP2 RESULT $?"
sync
python3 -c 'import ctypes; ctypes.CDLL(None).reboot(0x4321fedc)'
