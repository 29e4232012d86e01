// SPDX-License-Identifier: GPL-2.0
/* libipsec-mb through its job interface, the way DPDK's driver uses it. */

#include "cores.h"

#include <intel-ipsec-mb.h>
#include <stdio.h>
#include <stdlib.h>

struct message peer[JOBS];

static IMB_MGR *mgr;
static u8 snow3g[2][256] __aligned(64);
static u32 round_keys[2][60] __aligned(64);
static u32 unused[60] __aligned(64);
static u8 k1[16] __aligned(16), k2[16] __aligned(16);
static u8 aligned_keys[2][16] __aligned(16);
static u8 ivs[JOBS][2][32] __aligned(16);

void peer_expand(void *expanded, const u8 *key)
{
	static u32 encrypt[60] __aligned(64);

	IMB_AES_KEYEXP_128(mgr, key, encrypt, unused);
	memcpy(expanded, encrypt, 11 * 16);
}

void peer_subkeys(u8 *one, u8 *two, const void *expanded)
{
	static u32 encrypt[60] __aligned(64);

	memcpy(encrypt, expanded, 11 * 16);
	IMB_AES_CMAC_SUBKEY_GEN_128(mgr, encrypt, k1, k2);
	memcpy(one, k1, sizeof(k1));
	memcpy(two, k2, sizeof(k2));
}

const char *peer_version(void)
{
	static char name[32];

	snprintf(name, sizeof(name), "ipsec-mb-%s", imb_get_version_str());
	return name;
}

static void start(void)
{
	IMB_ARCH arch;

	mgr = alloc_mb_mgr(0);
	if (!mgr)
		exit(1);
	init_mb_mgr_auto(mgr, &arch);
}

static void set_ivs(unsigned int i)
{
	const u8 *nonce = peer[i].nonce;
	u32 count = get_unaligned_be32(nonce);
	u8 bearer = nonce[4] >> 3, direction = nonce[4] >> 2 & 1;
	u8 *cipher = ivs[i][0], *mac = ivs[i][1];

	if (work.nea == 1)
		snow3g_f8_iv_gen(count, bearer, direction, cipher);
	if (work.nea == 3)
		zuc_eea3_iv_gen(count, bearer, direction, cipher);
	if (work.nea == 2) {
		memset(cipher, 0, 16);
		memcpy(cipher, nonce, PDCP_NONCE_LEN);
	}
	if (work.nia == 1)
		snow3g_f9_iv_gen(count, (u32)bearer << 27, direction, mac);
	if (work.nia == 3)
		zuc_eia3_iv_gen(count, bearer, direction, mac);
	memcpy(peer[i].in + FRONT - PDCP_NONCE_LEN, nonce, PDCP_NONCE_LEN);
}

void peer_init(void)
{
	unsigned int i;

	if (!mgr)
		start();
	memcpy(aligned_keys, keys, sizeof(keys));
	for (i = 0; i < 2; i++) {
		IMB_SNOW3G_INIT_KEY_SCHED(mgr, keys[i], (snow3g_key_schedule_t *)snow3g[i]);
		IMB_AES_KEYEXP_128(mgr, keys[i], round_keys[i], unused);
	}
	IMB_AES_CMAC_SUBKEY_GEN_128(mgr, round_keys[1], k1, k2);
	for (i = 0; i < JOBS; i++)
		set_ivs(i);
}

/* Where the message begins; a CMAC begins with the nonce. */
static u32 front(void)
{
	return work.nia == 2 ? PDCP_NONCE_LEN : 0;
}

/* With a MAC the MAC-I, which the hash has put behind the message, is ciphered as well. */
static void set_cipher(IMB_JOB *job, unsigned int i)
{
	u32 len = work.len + (work.nia ? PDCP_BATCH_MAC_LEN : 0);

	job->cipher_mode = IMB_CIPHER_NULL;
	if (!work.nea)
		return;
	job->dst = peer[i].out + FRONT;
	job->iv = ivs[i][0];
	job->iv_len_in_bytes = 16;
	job->key_len_in_bytes = 16;
	job->msg_len_to_cipher_in_bytes = len;
	job->cipher_start_src_offset_in_bytes = front();
	switch (work.nea) {
	case 1:
		job->cipher_mode = IMB_CIPHER_SNOW3G_UEA2_BITLEN;
		job->enc_keys = snow3g[0];
		job->msg_len_to_cipher_in_bits = len * 8;
		break;
	case 2:
		job->cipher_mode = IMB_CIPHER_CNTR;
		job->enc_keys = round_keys[0];
		break;
	case 3:
		job->cipher_mode = IMB_CIPHER_ZUC_EEA3;
		job->enc_keys = aligned_keys[0];
		break;
	}
	job->dec_keys = job->enc_keys;
}

static void set_hash(IMB_JOB *job, unsigned int i)
{
	job->hash_alg = IMB_AUTH_NULL;
	if (!work.nia)
		return;
	job->auth_tag_output = work.nea ? peer[i].in + FRONT + work.len : peer[i].tag;
	job->auth_tag_output_len_in_bytes = PDCP_BATCH_MAC_LEN;
	job->hash_start_src_offset_in_bytes = 0;
	switch (work.nia) {
	case 1:
		job->hash_alg = IMB_AUTH_SNOW3G_UIA2_BITLEN;
		job->u.SNOW3G_UIA2._key = snow3g[1];
		job->u.SNOW3G_UIA2._iv = ivs[i][1];
		job->msg_len_to_hash_in_bits = work.len * 8;
		break;
	case 2:
		job->hash_alg = IMB_AUTH_AES_CMAC;
		job->u.CMAC._key_expanded = round_keys[1];
		job->u.CMAC._skey1 = k1;
		job->u.CMAC._skey2 = k2;
		job->msg_len_to_hash_in_bytes = work.len + PDCP_NONCE_LEN;
		break;
	case 3:
		job->hash_alg = IMB_AUTH_ZUC_EIA3_BITLEN;
		job->u.ZUC_EIA3._key = aligned_keys[1];
		job->u.ZUC_EIA3._iv = ivs[i][1];
		job->msg_len_to_hash_in_bits = work.len * 8;
		break;
	}
}

/* One message, by the calls that are made for that; there are none for AES. */
static void run_single(void)
{
	u8 *in = peer[0].in + FRONT, *out = peer[0].out + FRONT;
	u8 *tag = work.nea ? in + work.len : peer[0].tag;
	u32 tag_word, len = work.len + (work.nia ? PDCP_BATCH_MAC_LEN : 0);
	const snow3g_key_schedule_t *const schedules[] = { (void *)snow3g[0], (void *)snow3g[1] };

	if (work.nia == 1)
		IMB_SNOW3G_F9_1_BUFFER(mgr, schedules[1], ivs[0][1], in, work.len * 8, tag);
	if (work.nia == 3) {
		IMB_ZUC_EIA3_1_BUFFER(mgr, aligned_keys[1], ivs[0][1], in, work.len * 8, &tag_word);
		memcpy(tag, &tag_word, sizeof(tag_word));
	}
	if (work.nea == 1)
		IMB_SNOW3G_F8_1_BUFFER(mgr, schedules[0], ivs[0][0], in, out, len);
	if (work.nea == 3)
		IMB_ZUC_EEA3_1_BUFFER(mgr, aligned_keys[0], ivs[0][0], in, out, len);
}

static void run_jobs(void)
{
	unsigned int i;
	IMB_JOB *job;

	for (i = 0; i < work.n; i++) {
		job = IMB_GET_NEXT_JOB(mgr);
		job->src = peer[i].in + FRONT - front();
		job->cipher_direction = IMB_DIR_ENCRYPT;
		job->chain_order = IMB_ORDER_HASH_CIPHER;
		set_cipher(job, i);
		set_hash(job, i);
		IMB_SUBMIT_JOB_NOCHECK(mgr);
	}
	while (IMB_FLUSH_JOB(mgr))
		;
}

void peer_run(void)
{
	if (work.n == 1 && work.nea != 2 && work.nia != 2)
		run_single();
	else
		run_jobs();
}
