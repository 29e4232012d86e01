#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The demo's report: what tcpdump saw becomes packets, and each packet a mark in the page.

. "$(dirname "$0")/../ktap.sh"

demo=$(realpath "$(dirname "$0")/../../demo")
dir=$ktap_dir

# Downlink through gNB-a and gNB-b, one lost behind gNB-a; uplink through gNB-b, one lost, one twice.
cat >"$dir/echo-core.txt" <<-END
100.010000 to-a  Out IP 10.99.0.1 > 10.45.0.2: ICMP echo request, id 5, seq 1, length 64
100.020000 to-a  Out IP 10.99.0.1 > 10.45.0.2: ICMP echo request, id 5, seq 17, length 64
100.030000 to-b  Out IP 10.99.0.1 > 10.45.0.2: ICMP echo request, id 6, seq 1, length 64
100.035000 to-b  Out IP 172.17.2.1 > 172.17.2.2: ICMP echo request, id 9, seq 1, length 64
100.052000 to-b  In  IP 10.45.0.2 > 10.99.0.1: ICMP echo request, id 5, seq 1, length 64
100.053000 to-b  In  IP 10.45.0.2 > 10.99.0.1: ICMP echo request, id 5, seq 1, length 64
END
cat >"$dir/echo-ue.txt" <<-END
100.018000 IP 10.99.0.1 > 10.45.0.2: ICMP echo request, id 5, seq 1, length 64
100.033000 IP 10.99.0.1 > 10.45.0.2: ICMP echo request, id 6, seq 1, length 64
100.045000 IP 10.45.0.2 > 10.99.0.1: ICMP echo request, id 5, seq 1, length 64
100.055000 IP 10.45.0.2 > 10.99.0.1: ICMP echo request, id 5, seq 17, length 64
END
printf '2\t%s\t%s\t%s\t%s\n' dl a 100.010000 100.018000 dl a 100.020000 - dl b 100.030000 100.033000 \
	ul b 100.045000 100.052000 ul - 100.055000 - >"$dir/want"
cat >"$dir/demo.json" <<-END
[{"run": 2, "name": "daps", "began": 100.0, "ended": 101.0,
"traffic": [{"traffic": "ping", "way": "dl", "bearer": "drb 1", "sent": 3, "received": 2, "lost": 1,
	"duplicated": 0, "reordered": 0, "gap": 15.0, "last": 100.1}],
"legs": [{"node": "ue", "ue": 1, "bearer": "drb 1", "set": 0, "ciphering": "NEA2", "integrity": "NIA2",
	"sent": 2, "received": 3, "failures": 0}],
"steps": [{"step": "connected <&>", "time": 100.0, "ue": "0", "gnb-a": "0", "gnb-b": "-"},
	{"step": "DAPS configured", "time": 100.025, "ue": "0 1", "gnb-a": "0", "gnb-b": "1"},
	{"step": "source released", "time": 100.05, "ue": "1", "gnb-a": "-", "gnb-b": "1"}]}]
END

packets() { "$demo/packets" "$dir" 2 10.99.0.1 | diff "$dir/want" -; }

page() { "$demo/report" "$dir/demo.json" "$dir/want" >"$dir/demo.html"; }

# marks COUNT PATTERN: so many elements look like that.
marks() { [ "$(grep -oE "$2" "$dir/demo.html" | wc -l)" = "$1" ]; }

# What is opened is closed, and nothing comes from elsewhere.
well_formed() {
	python3 - "$dir/demo.html" <<-END
	import html.parser, sys
	void, opened = {"meta"}, []
	class Page(html.parser.HTMLParser):
	    def handle_starttag(self, tag, attrs):
	        assert not {"src", "href"} & {name for name, _ in attrs}, attrs
	        if tag not in void:
	            opened.append(tag)
	    def handle_endtag(self, tag):
	        assert opened.pop() == tag, tag
	Page().feed(open(sys.argv[1]).read())
	assert not opened
	END
}

check "packets have a gNB, a time at each end, or are lost" packets
check "the report is written" page
check "it is a page that needs nothing else" well_formed
check "a dot for each packet through the source" marks 1 '<circle [^>]*class="source"'
check "a dot for each packet through the target" marks 2 '<circle [^>]*class="target"'
check "a mark for each that was lost" marks 2 '<rect [^>]*class="lost"'
check "a bar for each life of a key set" marks 4 '<title>set [01] at the '
check "steps are quoted" marks 1 '<li>connected &lt;&amp;&gt; '
check "a loss is shown as such" marks 1 '<td class="bad">1</td>'
finish
