// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "hex.h"
#include "profile.h"

enum {
	UEIDS_MAX = 65535,
	PORTS_MAX = 64,
};

/* The script, as it is in the source. */
__asm__(".section .rodata\n"
	"profile_script: .incbin \"pdcp.lua\"\n"
	"	.byte 0\n"
	".previous");

static const char init[] =
	"-- Written by pdcpctl wireshark\n"
	"dofile(Dir.personal_config_path() .. \"/pdcp.lua\")\n";

static const char heuristics[] = "pdcp_nr_udp,1\n";

static const char preferences[] =
	"# Written by pdcpctl wireshark\n"
	"gtp.dissect_tpdu_as: Custom\n"
	"udp.try_heuristic_first: TRUE\n"
	"nameres.network_name: FALSE\n"
	"pdcp-nr.default_ciphering_algorithm: %s\n"
	"pdcp-nr.default_integrity_algorithm: %s\n"
	"pdcp-nr.decipher_signalling: TRUE\n"
	"pdcp-nr.decipher_userplane: TRUE\n"
	"pdcp-nr.verify_integrity: TRUE\n"
	"pdcp-nr.ignore_rrc_sec_params: TRUE\n"
	"pdcp-nr.check_sequence_numbers: Only-PDCP-frames\n"
	"pdcp-nr.show_user_plane_as_ip: TRUE\n"
	"pdcp-nr.layer_to_show: PDCP Info\n";

/**
 * struct known - A UEId that was given
 * @ueid: it
 * @set: what it is of; keys are those that came with it now
 */
struct known {
	unsigned int ueid;
	struct profile_set set;
};

/**
 * struct profile - A profile that grows
 * @folder: where
 * @add: whether it is there
 * @tunnels: text of the file pdcp_tunnels
 * @tunnels_len: its octets
 * @out: stream into @tunnels
 * @keys: text of the file pdcp_nr_ue_keys; memory of secret_new()
 * @known: sets
 * @sets: number of them
 * @last_ueid: the highest
 * @ports: UDP ports besides 2152
 * @nports: number of them
 * @added: number of tunnels
 */
struct profile {
	const char *folder;
	bool add;
	char *tunnels;
	size_t tunnels_len;
	FILE *out;
	char *keys;
	struct known *known;
	unsigned int sets;
	unsigned int last_ueid;
	uint16_t ports[PORTS_MAX];
	unsigned int nports;
	unsigned int added;
};

static const char *path_of(const struct profile *p, const char *name)
{
	static char path[4096];

	if (snprintf(path, sizeof(path), "%s/%s", p->folder, name) >= (int)sizeof(path))
		usage_error("\"%s\" is too long", p->folder);
	return path;
}

[[gnu::noreturn]]
static void file_error(const char *path)
{
	usage_error("\"%s\": %s", path, strerror(errno));
}

static void known_add(struct profile *p, const struct known *known)
{
	p->known = reallocarray(p->known, p->sets + 1, sizeof(*known));
	if (!p->known)
		usage_error("out of memory");
	p->known[p->sets++] = *known;
	if (known->ueid > p->last_ueid)
		p->last_ueid = known->ueid;
}

/* "ueid N dev DEV ue UE set SET nea NEA nia NIA" */
static void known_parse(struct profile *p, const char *line)
{
	struct known known = { 0 };

	if (sscanf(line, "ueid %u dev %15s ue %u set %hhu nea %hhu nia %hhu", &known.ueid,
		   known.set.dev, &known.set.ue, &known.set.set, &known.set.nea,
		   &known.set.nia) == 6)
		known_add(p, &known);
}

/* "port N". Return: whether it is that. */
static bool port_parse(struct profile *p, const char *line)
{
	uint16_t port;

	if (sscanf(line, "port %hu", &port) != 1)
		return false;
	profile_port(p, port);
	return true;
}

static void tunnels_read(struct profile *p)
{
	const char *path = path_of(p, "pdcp_tunnels");
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	if (!file)
		file_error(path);
	while (getline(&line, &size, file) > 0) {
		known_parse(p, line);
		if (!port_parse(p, line))
			fputs(line, p->out);
	}
	free(line);
	fclose(file);
}

struct profile *profile_new(const char *folder, bool add)
{
	struct profile *p = calloc(1, sizeof(*p));

	if (!p)
		usage_error("out of memory");
	p->folder = folder;
	p->add = add;
	p->out = open_memstream(&p->tunnels, &p->tunnels_len);
	if (!p->out)
		usage_error("out of memory");
	if (add) {
		tunnels_read(p);
		p->keys = secret_read_text("keys", path_of(p, "pdcp_nr_ue_keys"));
	} else {
		p->keys = secret_new(SECRET_SIZE + 1);
		if (mkdir(folder, 0700))
			usage_error("\"%s\": %s%s", folder, strerror(errno),
				    errno == EEXIST ? "; say add, or name another one" : "");
	}
	return p;
}

void profile_port(struct profile *p, uint16_t port)
{
	unsigned int i;

	for (i = 0; i < p->nports && p->ports[i] != port; i++)
		;
	if (i < p->nports || p->nports == PORTS_MAX)
		return;
	p->ports[p->nports++] = port;
}

/* How the line of a tunnel begins. */
static void tunnel_name(const struct profile_tunnel *tunnel, char *text, size_t size)
{
	char peer[PDCP_ADDR_STRLEN];

	snprintf(text, size, "%s %s 0x%08x ", tunnel->to_peer ? "to" : "from",
		 pdcp_addr_format(&tunnel->peer, peer), tunnel->teid);
}

bool profile_has(const struct profile *p, const struct profile_tunnel *tunnel)
{
	const char *line;
	char name[96];

	tunnel_name(tunnel, name, sizeof(name));
	fflush(p->out);
	for (line = p->tunnels; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, name, strlen(name)))
			return true;
	}
	return false;
}

/* Sets -------------------------------------------------------------------------- */

/* A key, quoted; empty for an algorithm that Wireshark does not have. */
static int key_format(char *text, size_t size, const uint8_t *key, bool usable)
{
	char hex[2 * PDCP_KEY_LEN + 1] = "";
	int len;

	if (usable)
		hex_format(key, PDCP_KEY_LEN, hex);
	len = snprintf(text, size, "\"%s\"", hex);
	explicit_bzero(hex, sizeof(hex));
	return len;
}

static void keys_append(struct profile *p, unsigned int ueid, const struct profile_set *set)
{
	static const struct pdcp_keys none;
	const struct pdcp_keys *keys = set->keys ? set->keys : &none;
	bool nea = set->keys && set->nea == 2, nia = set->keys && set->nia == 2;
	size_t used = strlen(p->keys);
	const struct {
		const uint8_t *key;
		bool usable;
		const char *end;
	} columns[] = {
		{ keys->rrc_enc, nea, "," }, { keys->up_enc, nea, "," },
		{ keys->rrc_int, nia, "," }, { keys->up_int, nia, "\n" },
	};
	unsigned int i;

	if (used + 256 > SECRET_SIZE)
		usage_error("\"%s\" has no room for more keys: begin another one", p->folder);
	used += snprintf(p->keys + used, SECRET_SIZE - used, "\"%u\",", ueid);
	for (i = 0; i < ARRAY_SIZE(columns); i++) {
		used += key_format(p->keys + used, SECRET_SIZE - used, columns[i].key,
				   columns[i].usable);
		used += snprintf(p->keys + used, SECRET_SIZE - used, "%s", columns[i].end);
	}
}

static bool set_equal(const struct profile_set *a, const struct profile_set *b)
{
	return !strcmp(a->dev, b->dev) && a->ue == b->ue && a->set == b->set;
}

/* UEId of a set; keys that are given are another set's than those of an earlier run. */
static unsigned int set_ueid(struct profile *p, const struct profile_set *set)
{
	struct known known = { .set = *set };
	unsigned int i;

	for (i = p->sets; i-- > 0; ) {
		if (set_equal(&p->known[i].set, set) &&
		    (!set->keys || p->known[i].set.keys == set->keys))
			return p->known[i].ueid;
	}
	known.ueid = p->last_ueid + 1;
	if (known.ueid > UEIDS_MAX)
		usage_error("\"%s\" has no room for more sets: begin another one", p->folder);
	known_add(p, &known);
	keys_append(p, known.ueid, set);
	fprintf(p->out, "ueid %u dev %s ue %u set %u nea %u nia %u\n", known.ueid, set->dev,
		set->ue, set->set, set->nea, set->nia);
	return known.ueid;
}

void profile_add(struct profile *p, const struct profile_set *set,
		 const struct profile_tunnel *tunnel)
{
	unsigned int ueid = set_ueid(p, set);
	char name[96];

	tunnel_name(tunnel, name, sizeof(name));
	fprintf(p->out, "%sueid %u %s %u %s sn %u%s%s%s", name, ueid, tunnel->srb ? "srb" : "drb",
		tunnel->id, tunnel->uplink ? "ul" : "dl", tunnel->sn_bits,
		tunnel->mac ? " mac" : "", tunnel->sdap ? " sdap" : "",
		tunnel->plain || !set->nea ? " plain" : "");
	if (tunnel->count)
		fprintf(p->out, " count %u", tunnel->count);
	fputc('\n', p->out);
	p->added++;
}

/* Files --------------------------------------------------------------------------- */

static void text_write(const struct profile *p, const char *name, const char *text)
{
	const char *path = path_of(p, name);
	FILE *file = fopen(path, "we");

	if (!file || fputs(text, file) < 0 || fclose(file))
		file_error(path);
}

/* One algorithm is all UEs' in Wireshark, which has only these. */
static void preferences_write(const struct profile *p)
{
	bool nea = false, nia = false;
	char text[1024];
	unsigned int i;

	for (i = 0; i < p->sets; i++) {
		nea |= p->known[i].set.nea == 2;
		nia |= p->known[i].set.nia == 2;
	}
	snprintf(text, sizeof(text), preferences,
		 nea ? "NEA2 (AES)" : "NEA0 (NULL)", nia ? "NIA2 (AES)" : "NIA0 (NULL)");
	text_write(p, "preferences", text);
}

static void ports_put(struct profile *p)
{
	unsigned int i;

	for (i = 0; i < p->nports; i++)
		fprintf(p->out, "port %u\n", p->ports[i]);
}

unsigned int profile_write(struct profile *p)
{
	unsigned int added = p->added;

	preferences_write(p);
	ports_put(p);
	text_write(p, "heuristic_protos", heuristics);
	text_write(p, "init.lua", init);
	text_write(p, "pdcp.lua", profile_script);
	if (fclose(p->out))
		usage_error("out of memory");
	text_write(p, "pdcp_tunnels", p->tunnels);
	secret_write_text("keys", path_of(p, "pdcp_nr_ue_keys"), p->keys, p->add);
	secret_free(p->keys);
	free(p->tunnels);
	free(p->known);
	free(p);
	return added;
}
