#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The commands of Documentation/tutorial.rst, as they are there.

. "$(dirname "$0")/../page.sh"

page=/pdcp/Documentation/tutorial.rst

at_exit eval 'ip netns del ue; ip netns del gnb'
page_run true
check "there are as many blocks as there should be" test $n -gt 10
check "the bearer carries pings" grep -q "^3 packets transmitted, 3 received" "$ktap_dir/said"
check "no ping was lost in the handover" grep -q "250 packets transmitted, 250 received, 0% packet loss" "$ktap_dir/said"
check "the configuration is printed" grep -q "^bearer add drb 1 dev pdcp0 ue 1 set 1 " "$ktap_dir/said"
check "nothing is left" eval '! ip netns list | grep -E "^(ue|gnb)( |$)"'
finish
