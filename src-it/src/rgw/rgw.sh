#!/usr/bin/env bash
# A Ceph object gateway (RGW) with a cluster of its own on loopback, for tests only.
#
#   rgw.sh start DIRECTORY    makes a cluster in an empty directory, starts it, writes DIRECTORY/env
#   rgw.sh kill-osd DIRECTORY ends one of its disks as a crash would
#   rgw.sh stop DIRECTORY     ends the daemons that it started
#
# Needs ceph-mon, ceph-osd, ceph-common and radosgw, and neither systemd nor a block device.
# RGW_PORT and MON_PORT say where it listens. With RGW_OSDS=3 each object is kept three times, on
# disks of which one may be lost; otherwise it is kept once, in memory.
set -euo pipefail

verb=${1:?start, kill-osd or stop}
dir=$(realpath -m "${2:?a directory}")
conf=$dir/ceph.conf
osds=${RGW_OSDS:-1}

# A store in memory is enough for one disk; three of them would need the memory of three.
store() {
  if [ "$osds" = 1 ]; then echo memstore; else echo bluestore; fi
}

write_conf() {
  cat >"$conf" <<END
[global]
fsid = $1
mon host = [v2:127.0.0.1:${MON_PORT:?}/0]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms bind msgr1 = false
run dir = $dir/run
# The path of a socket may have 107 bytes, which a directory of tests easily exceeds.
admin socket =
pid file =
log file = $dir/log/\$name.log
crash dir = $dir/crash
keyring = $dir/keyring
osd pool default size = $osds
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail warn = 2
mon data avail crit = 1
auth allow insecure global id reclaim = false

[mon]
mon data = $dir/mon.\$id

[osd]
osd data = $dir/osd.\$id
keyring = $dir/osd.\$id/keyring
osd objectstore = $(store)
bluestore block size = 4294967296
memstore device bytes = 4294967296
osd memory target = 939524096
osd op num shards = 2
osd class load list = *
osd class default list = *

[client.rgw]
keyring = $dir/rgw/keyring
rgw data = $dir/rgw
rgw frontends = beast endpoint=127.0.0.1:${RGW_PORT:?} tcp_nodelay=1
rgw thread pool size = 64
rgw enable ops log = false
rgw enable usage log = false
END
}

spawn() { # name command...
  local name=$1
  shift
  "$@" -f </dev/null >>"$dir/log/$name.out" 2>&1 &
  echo $! >"$dir/pid/$name"
}

await() { # command...
  local tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ]; then
      echo "rgw.sh: '$*' fails for a minute; logs are in $dir/log" >&2
      return 1
    fi
    sleep 0.2
  done
}

ceph_cmd() { timeout 20 ceph -c "$conf" --connect-timeout 5 "$@"; }
osds_up() { ceph_cmd osd stat -f json | grep -q "\"num_up_osds\":$osds[,}]"; }
answers() { curl -fsS -o /dev/null "http://127.0.0.1:$RGW_PORT/"; }
random() { od -An -N20 -tx1 /dev/urandom | tr -d ' \n'; }

start() {
  mkdir -p "$dir"/{run,log,pid,crash,rgw}
  local id i access secret
  id=$(cat /proc/sys/kernel/random/uuid)
  write_conf "$id"
  monmaptool --create --fsid "$id" --addv a "[v2:127.0.0.1:$MON_PORT/0]" "$dir/monmap" >/dev/null
  ceph-authtool --create-keyring "$dir/keyring" --gen-key -n mon. --cap mon 'allow *' >/dev/null
  ceph-authtool "$dir/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *'
  ceph-mon -c "$conf" --mkfs -i a --monmap "$dir/monmap" --keyring "$dir/keyring"
  spawn mon ceph-mon -c "$conf" -i a
  await ceph_cmd mon stat
  for ((i = 0; i < osds; i++)); do
    id=$(cat /proc/sys/kernel/random/uuid)
    mkdir -p "$dir/osd.$i"
    ceph_cmd osd new "$id" "$i" >/dev/null
    ceph_cmd auth get-or-create "osd.$i" mon 'allow profile osd' osd 'allow *' \
      -o "$dir/osd.$i/keyring"
    ceph-osd -c "$conf" -i "$i" --mkfs --osd-uuid "$id" >>"$dir/log/osd.$i.out" 2>&1
    spawn "osd.$i" ceph-osd -c "$conf" -i "$i"
  done
  await osds_up
  ceph_cmd auth get-or-create client.rgw mon 'allow rw' osd 'allow rwx' -o "$dir/rgw/keyring"
  spawn rgw radosgw -c "$conf" -n client.rgw
  await answers
  access=$(random) secret=$(random)
  radosgw-admin -c "$conf" -n client.rgw user create --uid=sluice --display-name=Sluice \
    --access-key="$access" --secret-key="$secret" >/dev/null 2>>"$dir/log/user.out"
  printf '%s\n' "endpoint=http://127.0.0.1:$RGW_PORT" "access-key=$access" \
    "secret-key=$secret" >"$dir/env"
}

stop() {
  local file pid tries
  for file in "$dir"/pid/rgw "$dir"/pid/osd.* "$dir"/pid/mon; do
    [ -s "$file" ] || continue
    pid=$(cat "$file")
    kill -TERM "$pid" 2>/dev/null || true
    for ((tries = 0; tries < 25; tries++)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.2
    done
    kill -KILL "$pid" 2>/dev/null || true
    rm -f "$file"
  done
}

case "$verb" in
  start) start ;;
  kill-osd)
    kill -KILL "$(cat "$dir/pid/osd.0")"
    rm -f "$dir/pid/osd.0"
    ;;
  stop) stop ;;
  *)
    echo "rgw.sh: no such verb: $verb" >&2
    exit 2
    ;;
esac
