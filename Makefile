# SPDX-License-Identifier: GPL-2.0
#
# A thin wrapper: what the modules are made of is in Kbuild, everything else in
# the scripts it calls.

KDIR    ?= /lib/modules/$(shell uname -r)/build
DESTDIR ?=
PREFIX  ?= /usr/local

# The parts of tools/ that are compiled, in the order they depend on each other.
TOOLS := $(patsubst %/Makefile,%,$(wildcard $(addsuffix /Makefile,\
	$(addprefix tools/,libpdcp pdcpctl example testing bench))))

all: modules tools

help:
	@echo 'On a host that runs Linux 6.12 with its headers:'
	@echo '  all             modules and tools (default)'
	@echo '  modules         pdcp_crypto.ko and pdcp.ko for KDIR, by default the running kernel'
	@echo '  tools           libpdcp, pdcpctl and the test programs'
	@echo '  install         both, to DESTDIR, below PREFIX (default /usr/local)'
	@echo '  uninstall       removes them'
	@echo 'On any Debian 12, in virtual machines; missing packages are installed if root:'
	@echo '  demo            a DAPS handover under traffic, in one virtual machine'
	@echo '  demo-reuse      four questions on the reuse of keys, answered on the loaded module'
	@echo '  check           every test and every static check'
	@echo '  doctor          what this host lacks to run pdcp, and which drivers it will use'
	@echo '  deb             packages for Debian 12 and 13, in build/deb'
	@echo '  docs            pages of Documentation/, in build/docs'
	@echo '  bench           what it costs in cycles, against others in the same run'
	@echo '  fuzz            the parsers and the window, TIME seconds (default 60) for each'
	@echo '  fuzz-messages   the netlink family, on the debug kernel'
	@echo '  fuzz-packets    the GTP-U port, in User Mode Linux'
	@echo '  kunit           unit tests alone, in User Mode Linux'
	@echo '  netns           tests in network namespaces alone, on the stock kernel'
	@echo '  check-debug     all of those on kernels that find bad memory accesses, leaks, races: hours'
	@echo '  storm           10,000 handovers in a row under traffic and loss, on the stock kernel'
	@echo '  style           compiler warnings, sparse, checkpatch, shellcheck'
	@echo '  modules-stock   the modules for Debian'"'"'s 6.12 cloud kernel, in build/stock'
	@echo '  modules-uml     the modules for User Mode Linux with KUnit, in build/uml'
	@echo '  modules-uml-debug   the same for User Mode Linux with KASAN, in build/uml-debug'
	@echo '  modules-debug   the modules for the debug kernel, in build/debug'
	@echo '  modules-kcsan   the modules for the kernel that finds data races, in build/kcsan'
	@echo '  gen             sources generated from Documentation/netlink/specs/pdcp.yaml'
	@echo '  gen-check       fails if they are out of date'
	@echo '  clean           removes what was built here; kernels stay in ~/.cache/pdcp'

modules: $(KDIR)/Makefile
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

$(KDIR)/Makefile:
	@echo "No kernel headers in $(KDIR): install linux-headers-$$(uname -r)," >&2
	@echo "or name those of another kernel: make KDIR=/usr/src/linux-headers-VERSION" >&2
	@false

modules_install: modules
	$(MAKE) -C $(KDIR) M=$(CURDIR) CONFIG_MODULE_SIG_ALL= \
		$(if $(DESTDIR),INSTALL_MOD_PATH=$(DESTDIR)) modules_install
	$(if $(DESTDIR),,depmod $$(cat $(KDIR)/include/config/kernel.release))

modules-stock modules-uml modules-uml-debug modules-debug modules-kcsan:
	@tools/vm/modules $(@:modules-%=%)

tools: $(TOOLS)

$(TOOLS):
	$(MAKE) -C $@

$(filter-out tools/libpdcp,$(TOOLS)): | $(filter tools/libpdcp,$(TOOLS))

tools_install: $(TOOLS)
	set -e; for dir in $(filter %libpdcp %pdcpctl,$(TOOLS)); do \
		$(MAKE) -C $$dir install DESTDIR=$(DESTDIR) PREFIX=$(PREFIX); done

install: modules_install tools_install
	$(if $(DESTDIR),,ldconfig)

# What tools_install would install is what has to go.
uninstall:
	set -e; stage=$$(mktemp -d); \
	$(MAKE) tools_install DESTDIR=$$stage; \
	(cd $$stage && find . ! -type d) | while read -r file; do rm -f "$(DESTDIR)/$$file"; done; \
	rm -rf $$stage
	rm -f $(DESTDIR)/lib/modules/*/updates/pdcp.ko* $(DESTDIR)/lib/modules/*/updates/pdcp_crypto.ko*
	$(if $(DESTDIR),,depmod && ldconfig)

clean:
	rm -rf build
	for dir in $(TOOLS); do $(MAKE) -C $$dir clean || exit; done
	if [ -e $(KDIR)/Makefile ]; then $(MAKE) -C $(KDIR) M=$(CURDIR) clean; fi

demo:
	@tools/demo/run

demo-reuse:
	@tools/demo/run-reuse

check:
	@tools/testing/check

doctor:
	@tools/doctor

deb:
	@tools/deb/build

docs:
	@tools/docs

bench:
	@tools/bench/run

fuzz:
	@tools/testing/fuzz/parsers -max_total_time=$(or $(TIME),60)

fuzz-messages fuzz-packets:
	@tools/testing/fuzz/boot $(@:fuzz-%=%)

storm:
	@tools/testing/storm/run

kunit netns style:
	@tools/testing/check $@

check-debug:
	@tools/testing/check uml-debug debug kcsan

gen:
	@tools/gen.sh

gen-check:
	@tools/gen.sh --check

.PHONY: all help modules modules_install modules-stock modules-uml modules-uml-debug modules-debug modules-kcsan tools $(TOOLS) tools_install \
	install uninstall clean demo demo-reuse check check-debug deb docs doctor bench fuzz fuzz-messages fuzz-packets storm kunit netns style gen gen-check
