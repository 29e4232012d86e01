// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/rtnetlink.h>

#include <uapi/linux/pdcp.h>

#include "netlink/netlink.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/ledger.h"
#include "pdcp/receive.h"
#include "pdcp/security.h"
#include "pdcp/send.h"
#include "pdcp/ue.h"

static int __init pdcp_init(void)
{
	int err;

	err = pdcp_ledger_init();
	if (err)
		return err;
	err = pdcp_entity_init();
	if (err)
		goto err_ledger;
	err = pdcp_security_init();
	if (err)
		goto err_entity;
	err = pdcp_send_init();
	if (err)
		goto err_security;
	err = pdcp_receive_init();
	if (err)
		goto err_send;
	err = pdcp_device_init();
	if (err)
		goto err_receive;
	err = pdcp_netlink_init();
	if (err)
		goto err_device;
	return 0;

err_device:
	pdcp_device_exit();
err_receive:
	pdcp_receive_exit();
err_send:
	pdcp_send_exit();
err_security:
	pdcp_security_exit();
err_entity:
	pdcp_entity_exit();
err_ledger:
	pdcp_ledger_exit();
	return err;
}

static void __exit pdcp_exit(void)
{
	pdcp_netlink_exit();
	pdcp_device_exit();
	rcu_barrier();
	pdcp_receive_exit();
	pdcp_send_exit();
	pdcp_security_exit();
	pdcp_entity_exit();
	pdcp_ledger_exit();
}

module_init(pdcp_init);
module_exit(pdcp_exit);

MODULE_DESCRIPTION("NR PDCP data plane (TS 38.323) with DAPS handover");
MODULE_LICENSE("GPL");
MODULE_ALIAS_RTNL_LINK("pdcp");
MODULE_ALIAS_GENL_FAMILY("pdcp");
