#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# In the guest, which has neither modules nor tools of pdcp loaded but those of the packages.

. /pdcp/tools/testing/pdcp.sh

expect "the modules are for this kernel" "vermagic=$(uname -r)" grep -a -o "vermagic=[^ ]*" /pdcp/packages/pdcp.ko
check "pdcp_crypto.ko loads" insmod /pdcp/packages/pdcp_crypto.ko
check "pdcp.ko loads" insmod /pdcp/packages/pdcp.ko
expect "pdcpctl is that of the package" /pdcp/packages/pdcpctl type -P pdcpctl
net_up
ue_add 1 $ue4 $ue6
set_add 1 0 2 2
check "a bearer is configured" bearer_add 1 "drb 1" 0 4 mode am sn 18 integrity on
check "it carries pings" pings ue -c 5 -i 0.2 $server4
check "of both families, both ways" pings gnb -c 5 -i 0.2 $ue6
set_add 1 1 2 2
# shellcheck disable=SC2046
ctl gnb daps start ue 1 set 1 drb 1 $(gtpu gnb 33 4 1)
check "a DAPS handover begins" eval 'ctl ue daps start ue 1 set 1 drb 1 $(gtpu ue 33 4 1)'
check "the uplink switches" eval 'ctl ue daps switch ue 1 && ctl gnb daps switch ue 1'
check "the target carries pings" pings ue -c 5 -i 0.2 $server4
check "the source is released" eval 'ctl ue daps release ue 1 && ctl gnb daps release ue 1'
check "the target carries pings alone" pings ue -c 5 -i 0.2 $server6
finish
