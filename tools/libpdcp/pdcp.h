/* SPDX-License-Identifier: GPL-2.0 */
/*
 * libpdcp - control of the pdcp kernel module, for an RRC to link with
 *
 * One function for each operation of the generic netlink family "pdcp"
 * (Documentation/netlink/specs/pdcp.yaml). Functions return 0, or a negative
 * errno; pdcp_error() then has a sentence that names the attribute or the state
 * that was wrong. A refused request has changed nothing.
 *
 * A handle belongs to one thread at a time. Callbacks may use the handle.
 * COUNT is the 32-bit value of TS 38.323 6.3.5, in host byte order like every
 * other number; addresses are in network byte order.
 */
#ifndef _LIBPDCP_PDCP_H
#define _LIBPDCP_PDCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/pdcp.h>

#include "names.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pdcp;

enum pdcp_limit {
	/* Legs of a bearer. */
	PDCP_LEGS_MAX = 2,
	/* Addresses of a UE. */
	PDCP_ADDRS_MAX = 8,
	/* Drop reasons that struct pdcp_drops has room for. */
	PDCP_DROPS_MAX = 64,
	/* Octets of a crypto driver's name with its NUL. */
	PDCP_DRIVER_LEN = 128,
	/* Octets of an address as text with its NUL. */
	PDCP_ADDR_STRLEN = 46,
};

/* Bit of member "has" for the attribute PDCP_A_..._X. */
#define PDCP_HAS(attr)	(UINT64_C(1) << (attr))

/* Role argument where there is only one leg or entity. */
#define PDCP_LEG_ROLE_ANY	(-1)

/**
 * struct pdcp_addr - IP address
 * @len: 4, 16, or 0 for none
 * @octets: address in network byte order
 */
struct pdcp_addr {
	uint8_t len;
	uint8_t octets[16];
};

/**
 * struct pdcp_drops - Packets dropped, by reason
 * @packets: counter of each enum pdcp_drop_reason; reasons of a later kernel
 *	keep their number
 */
struct pdcp_drops {
	uint64_t packets[PDCP_DROPS_MAX];
};

/* Names of enumeration values --------------------------------------------- */

/**
 * struct pdcp_names - Names of an enumeration's values, as the specification
 *	has them
 * @what: name of the enumeration
 * @count: number of values
 * @names: name by value; for an enumeration of flags, by bit number
 */
struct pdcp_names {
	const char *what;
	unsigned int count;
	const char *const *names;
};

/**
 * pdcp_name() - Name of a value
 * @names: one of the tables of names.h
 * @value: value, or bit number of a flag
 *
 * Return: the name, or NULL for a value the library does not know.
 */
const char *pdcp_name(const struct pdcp_names *names, unsigned int value);

/**
 * pdcp_value() - Value of a name
 * @names: one of the tables of names.h
 * @name: name, in full
 *
 * Return: the value (bit number of a flag), or -EINVAL.
 */
int pdcp_value(const struct pdcp_names *names, const char *name);

/* Handle ------------------------------------------------------------------- */

/**
 * pdcp_open() - Open a handle in the calling thread's network namespace
 * @h: set to the handle
 *
 * Needs no privilege; the operations need CAP_NET_ADMIN.
 *
 * Return: 0; -EPROTONOSUPPORT if the module is not loaded; -ENOMEM, also if
 * RLIMIT_MEMLOCK is too low to keep the request buffer (16 KiB) out of swap; or
 * the errno of a socket call. pdcp_strerror() has text for each.
 */
int pdcp_open(struct pdcp **h);

/**
 * pdcp_open_netns() - Open a handle in a named network namespace
 * @h: set to the handle
 * @name: name as in "ip netns", or a path with a slash
 *
 * The calling thread is in that namespace while the sockets are opened, and
 * back in its own on return. Needs CAP_SYS_ADMIN.
 *
 * Return: as pdcp_open(), -ENOENT if there is no such namespace, or the errno
 * of setns(2).
 */
int pdcp_open_netns(struct pdcp **h, const char *name);

/**
 * pdcp_open_netns_fd() - Open a handle in the network namespace of a descriptor
 * @h: set to the handle
 * @fd: descriptor of a namespace; stays the caller's
 *
 * Return: as pdcp_open_netns().
 */
int pdcp_open_netns_fd(struct pdcp **h, int fd);

/**
 * pdcp_close() - Close a handle
 * @h: handle, or NULL
 *
 * Nothing in the kernel changes.
 */
void pdcp_close(struct pdcp *h);

/**
 * pdcp_error() - Text of the last failure
 * @h: handle
 *
 * Return: a sentence without full stop, valid until the next call with @h;
 * empty if the last call succeeded.
 */
const char *pdcp_error(const struct pdcp *h);

/**
 * pdcp_strerror() - Text of a result, without what only the handle knows
 * @err: what a function returned, negative or positive
 *
 * Return: text, constant for the values pdcp_open() and its kin return.
 */
const char *pdcp_strerror(int err);

/* Links --------------------------------------------------------------------- */

/**
 * pdcp_link_add() - Create a device of link type pdcp
 * @h: handle; the device appears in its namespace
 * @name: name of the interface, 1 to 15 characters
 *
 * Return: 0, -EEXIST, or another negative errno.
 */
int pdcp_link_add(struct pdcp *h, const char *name);

/**
 * pdcp_link_del() - Remove a device with all its UEs
 * @h: handle
 * @ifindex: index of the device
 *
 * Return: 0, -ENODEV, or another negative errno.
 */
int pdcp_link_del(struct pdcp *h, uint32_t ifindex);

/**
 * pdcp_link_set_up() - Set a device up or down
 * @h: handle
 * @ifindex: index of the device
 * @up: whether up
 *
 * Return: 0; -EADDRINUSE if another device has the UDP port; or another
 * negative errno.
 */
int pdcp_link_set_up(struct pdcp *h, uint32_t ifindex, bool up);

/**
 * pdcp_link_index() - Find an interface by name, in the handle's namespace
 * @h: handle
 * @name: name of the interface
 *
 * Return: index, or -ENODEV, or -EINVAL if it is not of link type pdcp.
 */
int pdcp_link_index(struct pdcp *h, const char *name);

/**
 * pdcp_link_name() - Name of an interface, in the handle's namespace
 * @h: handle
 * @ifindex: index of the interface
 * @name: filled with the name, NUL included
 *
 * Return: 0 or -ENODEV.
 */
int pdcp_link_name(struct pdcp *h, uint32_t ifindex, char name[16]);

/* Devices ------------------------------------------------------------------- */

/**
 * struct pdcp_device_info - A device
 * @ifindex: interface index
 * @port: local UDP port of the GTP-U tunnels
 * @ues: number of UEs
 * @drops: drops that belong to no bearer
 */
struct pdcp_device_info {
	uint32_t ifindex;
	uint16_t port;
	uint32_t ues;
	struct pdcp_drops drops;
};

/**
 * typedef pdcp_device_fn - Callback for one device
 * @info: device
 * @data: what pdcp_device_list() was given
 *
 * @info is valid during the call. A negative result ends the list and is what
 * the listing function returns; the other callbacks of a list do likewise.
 */
typedef int pdcp_device_fn(const struct pdcp_device_info *info, void *data);

/**
 * pdcp_device_get() - Read a device
 * @h: handle
 * @ifindex: index of the device
 * @info: filled
 *
 * Return: 0, -ENODEV, or another negative errno.
 */
int pdcp_device_get(struct pdcp *h, uint32_t ifindex, struct pdcp_device_info *info);

/**
 * pdcp_device_list() - Read all devices of the namespace
 * @h: handle
 * @fn: called for each, after all were read
 * @data: for @fn
 *
 * Return: 0; -EAGAIN if the list kept changing while it was read; what @fn
 * returned; or another negative errno. So do the other listing functions.
 */
int pdcp_device_list(struct pdcp *h, pdcp_device_fn *fn, void *data);

/**
 * pdcp_device_set_port() - Set the local UDP port of a device
 * @h: handle
 * @ifindex: index of the device
 * @port: port, 1 to 65535; 2152 is what a new device has
 *
 * Return: 0, -EADDRINUSE, or another negative errno.
 */
int pdcp_device_set_port(struct pdcp *h, uint32_t ifindex, uint16_t port);

/* UEs ------------------------------------------------------------------------ */

/**
 * struct pdcp_ue_config - A UE to create
 * @role: which end of the radio interface this is; fixes DIRECTION
 * @test_mode: allow what published vectors need; the module must have been
 *	loaded with allow_test_mode=1
 * @addr: inner addresses, IPv4 or IPv6
 * @addrs: number of them, at most PDCP_ADDRS_MAX
 */
struct pdcp_ue_config {
	enum pdcp_role role;
	bool test_mode;
	struct pdcp_addr addr[PDCP_ADDRS_MAX];
	size_t addrs;
};

/**
 * struct pdcp_ue_info - A UE and its handover
 * @has: PDCP_HAS(PDCP_A_UE_...) of each member that was there; default_drb,
 *	source_set, target_set, t304 and t304_left may be absent
 * @ifindex: device
 * @id: identity within the device
 * @config: as it was created
 * @default_drb: DRB of packets whose mark names none
 * @bearers: number of bearers
 * @state: where the handover stands
 * @source_set: security set of the source, in a handover
 * @target_set: security set of the target, in a handover
 * @t304: guard time in ms
 * @t304_left: ms until the guard expires
 * @source_failed: in a handover, whether the source's radio link has failed
 */
struct pdcp_ue_info {
	uint64_t has;
	uint32_t ifindex;
	uint32_t id;
	struct pdcp_ue_config config;
	uint8_t default_drb;
	uint32_t bearers;
	enum pdcp_handover_state state;
	uint8_t source_set;
	uint8_t target_set;
	uint32_t t304;
	uint32_t t304_left;
	bool source_failed;
};

typedef int pdcp_ue_fn(const struct pdcp_ue_info *info, void *data);

/**
 * pdcp_ue_add() - Create a UE, without security set and bearer
 * @h: handle
 * @ifindex: device
 * @ue: identity within the device, any 32-bit value
 * @config: role and addresses
 *
 * Return: 0; -EEXIST; -EADDRINUSE if another UE has an address; -EPERM for
 * test mode the module does not allow; or another negative errno.
 */
int pdcp_ue_add(struct pdcp *h, uint32_t ifindex, uint32_t ue, const struct pdcp_ue_config *config);

/**
 * pdcp_ue_get() - Read a UE
 * @h: handle
 * @ifindex: device
 * @ue: identity
 * @info: filled
 *
 * Return: 0, -ENOENT, or another negative errno.
 */
int pdcp_ue_get(struct pdcp *h, uint32_t ifindex, uint32_t ue, struct pdcp_ue_info *info);

/**
 * pdcp_ue_list() - Read all UEs of a device
 * @h: handle
 * @ifindex: device
 * @fn: called for each
 * @data: for @fn
 *
 * Return: as pdcp_device_list().
 */
int pdcp_ue_list(struct pdcp *h, uint32_t ifindex, pdcp_ue_fn *fn, void *data);

/**
 * pdcp_ue_del() - Remove a UE with its bearers; its keys are erased
 * @h: handle
 * @ifindex: device
 * @ue: identity
 *
 * Return: 0, -ENOENT, or another negative errno.
 */
int pdcp_ue_del(struct pdcp *h, uint32_t ifindex, uint32_t ue);

/* Keys and security sets ----------------------------------------------------- */

/* Bits of struct pdcp_keys.given. */
enum pdcp_key {
	PDCP_KEY_RRC_ENC = 1 << 0,
	PDCP_KEY_RRC_INT = 1 << 1,
	PDCP_KEY_UP_ENC = 1 << 2,
	PDCP_KEY_UP_INT = 1 << 3,
};

/**
 * struct pdcp_keys - Keys of a security set (TS 33.501 A.8)
 * @given: PDCP_KEY_... of each key that is there
 * @rrc_enc: K_RRCenc, the last 16 octets of the KDF's output; so the others
 * @rrc_int: K_RRCint
 * @up_enc: K_UPenc
 * @up_int: K_UPint
 *
 * Keep keys in memory of pdcp_keys_new(), never on the stack.
 */
struct pdcp_keys {
	unsigned int given;
	uint8_t rrc_enc[PDCP_KEY_LEN];
	uint8_t rrc_int[PDCP_KEY_LEN];
	uint8_t up_enc[PDCP_KEY_LEN];
	uint8_t up_int[PDCP_KEY_LEN];
};

/**
 * pdcp_keys_new() - Memory for keys: zeroed, locked, not in core dumps
 *
 * Return: the memory, or NULL with errno set.
 */
struct pdcp_keys *pdcp_keys_new(void);

/**
 * pdcp_keys_free() - Erase keys and free their memory
 * @keys: keys, or NULL
 */
void pdcp_keys_free(struct pdcp_keys *keys);

/**
 * pdcp_registers_erase() - Overwrite the vector registers, and what the kernel
 *	saved of them when the program was interrupted
 *
 * For a program that ends after it has had keys: the kernel frees what it saved
 * without erasing it. Sleeps for a moment.
 */
void pdcp_registers_erase(void);

/**
 * struct pdcp_security_info - A security set, never its keys
 * @ifindex: device
 * @ue: UE
 * @set: identity of the set within its UE
 * @nea: ciphering algorithm, 0 to 3
 * @nia: integrity algorithm, 0 to 3
 * @legs: number of legs that use the set
 * @nea_driver: crypto driver that ciphers, empty for NEA0
 * @nia_driver: crypto driver that protects, empty for NIA0
 */
struct pdcp_security_info {
	uint32_t ifindex;
	uint32_t ue;
	uint8_t set;
	uint8_t nea;
	uint8_t nia;
	uint32_t legs;
	char nea_driver[PDCP_DRIVER_LEN];
	char nia_driver[PDCP_DRIVER_LEN];
};

typedef int pdcp_security_fn(const struct pdcp_security_info *info, void *data);

/**
 * pdcp_security_add() - Install a security set; it is immutable
 * @h: handle
 * @ifindex: device
 * @ue: UE
 * @set: identity of the set, 0 to 15; at most two sets are live
 * @nea: ciphering algorithm, 0 to 3
 * @nia: integrity algorithm, 0 to 3
 * @keys: keys; the encryption keys are needed unless @nea is 0, the integrity
 *	keys unless @nia is 0. Stay the caller's, to free as soon as possible
 *
 * The library keeps no copy: the request buffer is erased before the function
 * returns, whatever it returns, and the kernel never echoes it.
 *
 * Return: 0; -EEXIST; -EKEYREJECTED for one key value in two roles, or a value
 * whose COUNTs were used; or another negative errno.
 */
int pdcp_security_add(struct pdcp *h, uint32_t ifindex, uint32_t ue, uint8_t set,
		      uint8_t nea, uint8_t nia, const struct pdcp_keys *keys);

/**
 * pdcp_security_list() - Read the security sets of a UE
 * @h: handle
 * @ifindex: device
 * @ue: UE
 * @fn: called for each
 * @data: for @fn
 *
 * Return: as pdcp_device_list().
 */
int pdcp_security_list(struct pdcp *h, uint32_t ifindex, uint32_t ue,
		       pdcp_security_fn *fn, void *data);

/**
 * pdcp_security_del() - Remove and erase a security set
 * @h: handle
 * @ifindex: device
 * @ue: UE
 * @set: identity of the set
 *
 * Return: 0, -ENOENT, -EBUSY while a leg uses it, or another negative errno.
 */
int pdcp_security_del(struct pdcp *h, uint32_t ifindex, uint32_t ue, uint8_t set);

/* Addresses -------------------------------------------------------------------- */

/**
 * pdcp_addr_parse() - Read an address from text
 * @text: IPv4 or IPv6 address, no prefix length
 * @addr: filled
 *
 * Return: 0 or -EINVAL.
 */
int pdcp_addr_parse(const char *text, struct pdcp_addr *addr);

/**
 * pdcp_addr_format() - Write an address as text
 * @addr: address
 * @text: filled; empty for no address
 *
 * Return: @text.
 */
const char *pdcp_addr_format(const struct pdcp_addr *addr, char text[PDCP_ADDR_STRLEN]);

#ifdef __cplusplus
}
#endif

#include "bearer.h"
#include "event.h"
#include "key.h"
#include "ledger.h"
#include "rrc.h"

#endif /* _LIBPDCP_PDCP_H */
