/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Many messages at once: each is given a MAC-I and ciphered ("sealed"), or deciphered and
 * verified ("opened"). Keys, nonces, lengths and algorithms may differ from job to job.
 *
 * A message as it is sent lies in one piece at @dst:
 *
 *	| @clear octets | @len octets | 4 octets MAC-I, if @mac |
 *	  header          body
 *	  authenticated   authenticated   ciphered with the body
 *	  not ciphered    ciphered
 *
 * The header is at @dst already. The body is there too and is processed in place (@nsegs 0),
 * or comes from @segs without having been copied before; the data at @segs are only read, so
 * they may be shared. For opening, @segs hold the body and the MAC-I.
 *
 * A job names tfms of "nea1".."nea3", "nia1".."nia3" of any provider. Those whose driver has
 * lanes (lanes.h) run side by side within one FPU section; others, and all where the FPU
 * cannot be used, through the ordinary calls of the crypto API. The results are the same.
 *
 * A caller fills an array, which may live on the stack if it is small or per CPU, and looks
 * at @err of each job afterwards:
 *
 *	jobs[i] = (struct pdcp_job){
 *		.nea = cipher, .nia = mac_tfm, .mac = true,
 *		.dst = pdu, .clear = header_len, .len = body_len,
 *		.segs = &segs[i], .nsegs = 1,
 *	};
 *	pdcp_nonce_pack(jobs[i].nonce, count, bearer, direction);
 *	...
 *	pdcp_batch_seal(jobs, n);
 */
#ifndef _PDCP_BATCH_H
#define _PDCP_BATCH_H

#include "nonce.h"

#include <linux/types.h>

struct crypto_shash;
struct crypto_sync_skcipher;
struct kvec;
struct nea_key;
struct nea_lanes;
struct nia_key;
struct nia_lanes;

enum {
	PDCP_BATCH_MAC_LEN = 4,
	PDCP_BATCH_RUN = 32,		/* jobs that lanes get together, at most */
};

/**
 * struct pdcp_job - one message
 * @nea: cipher; NULL: the body stays in clear
 * @nia: MAC; NULL: the MAC-I is zero when sealing, and not looked at when opening
 * @dst: where the message is or goes, writable; not within @segs unless at the same place
 * @segs: where the body is, in order; each may have any length and alignment
 * @nsegs: number of @segs, 0: the body is at @dst + @clear
 * @clear: octets of the header
 * @len: octets of the body without MAC-I
 * @mac: whether the message ends with a MAC-I
 * @nonce: see nonce.h; of the MAC and of the cipher
 * @err: out: 0, -EBADMSG (opening: the MAC-I is wrong), -EINVAL (a nonce with reserved bits
 *	 set, or @segs that do not add up), or the error of the tfm. What is at @dst then is not
 *	 to be used.
 * @tag: private: computed MAC-I
 * @src: private, for lane code: see lanes.h
 * @from: private, for lane code
 * @to: private, for lane code
 * @auth: private, for lane code
 * @end: private, for lane code
 * @nea_key: private, for lane code
 * @nia_key: private, for lane code
 * @nea_lanes: private
 * @nia_lanes: private
 */
struct pdcp_job {
	struct crypto_sync_skcipher *nea;
	struct crypto_shash *nia;
	u8 *dst;
	const struct kvec *segs;
	unsigned int nsegs;
	u32 clear;
	u32 len;
	bool mac;
	u8 nonce[PDCP_NONCE_LEN];
	int err;

	u8 tag[PDCP_BATCH_MAC_LEN];
	const u8 *src;
	u32 from;
	u32 to;
	u32 auth;
	u32 end;
	const struct nea_key *nea_key;
	const struct nia_key *nia_key;
	const struct nea_lanes *nea_lanes;
	const struct nia_lanes *nia_lanes;
};

/**
 * pdcp_batch_seal - MAC-I over header and body, then cipher body and MAC-I
 * @jobs: messages
 * @n: number of them, any
 *
 * Any context but hard interrupts; does not sleep. Jobs may be done in any order.
 */
void pdcp_batch_seal(struct pdcp_job *jobs, unsigned int n);

/**
 * pdcp_batch_open - decipher body and MAC-I, then verify
 * @jobs: messages
 * @n: number of them, any
 *
 * As pdcp_batch_seal(). The deciphered MAC-I is left behind the body.
 */
void pdcp_batch_open(struct pdcp_job *jobs, unsigned int n);

#endif /* _PDCP_BATCH_H */
