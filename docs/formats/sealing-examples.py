#!/usr/bin/env python3
"""A second reading of docs/formats/sealing.md: makes the examples of that page from fixed inputs, with another library.

It shares nothing with the Swift code but the page. Tests/SealingTests/FormatExamples.swift holds what it prints; the tests
open each example and, where nothing is random, make the same bytes again.

    pip install 'cryptography>=50'
    python3 docs/formats/sealing-examples.py          # name = hex, one example a line
"""

import base64
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

KINDS = {"record": 1, "keyring": 3, "slot": 4, "session": 5, "teamSecret": 6, "caseSecret": 7, "grant": 8, "packet": 9,
         "vaultRecord": 10, "binding": 14, "foundingFile": 15, "share": 16, "breakGlass": 17, "authenticator": 18, "indexKey": 19,
         "indexToken": 20, "dropBox": 11, "intake": 22, "caseBox": 23}


def count(first, length):
    """Bytes that count up from `first`, so that an example shows which input stands where."""
    return bytes((first + i) % 256 for i in range(length))


def fields(*values):
    """Each value after its length in two bytes."""
    return b"".join(struct.pack(">H", len(v)) + v for v in values)


def header(kind, key_id):
    return bytes([1, 1, KINDS[kind], 0]) + key_id


def hkdf(secret, info, length):
    return HKDF(hashes.SHA256(), length, None, info).derive(secret)


def raw_public(key):
    return key.public_key().public_bytes_raw()


def context(head, kind_of_record, org=b"", case=b"", record=b"", schema=1, version=0, epoch=0, author=b""):
    return head + fields(b"leeward record v1", org, case, record, kind_of_record, struct.pack(">I", schema),
                         struct.pack(">Q", version), struct.pack(">I", epoch), author)


def pad(content):
    least = len(content) + 1
    if least <= 4096:
        total = -(-least // 256) * 256
    else:
        exponent = least.bit_length() - 1
        mask = (1 << (exponent - exponent.bit_length())) - 1
        total = (least + mask) & ~mask
    return content + b"\x80" + bytes(total - least)


def chunked(message, key, ctx, salt):
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + salt + ctx
    material = HKDFExpand(hashes.SHA512(), 76, info).derive(key)
    aead, base, out = AESGCM(material[:32]), int.from_bytes(material[32:44], "big"), salt + material[44:]
    for n in range(len(message) // 16384 + 1):
        out += aead.encrypt((base ^ n).to_bytes(12, "big"), message[16384 * n:16384 * (n + 1)], None)
    return out


def envelope(kind, key_id, key, message, salt, *args, **place):
    head = header(kind, key_id)
    return head + chunked(message, key, context(head, *args, **place), salt)


def hpke_seal(message, peer, ephemeral, info, aad):
    def extract(salt, suite, label, secret):
        return hmac.new(salt, b"HPKE-v1" + suite + label + secret, hashlib.sha256).digest()

    def expand(prk, suite, label, extra, length):
        labelled = struct.pack(">H", length) + b"HPKE-v1" + suite + label + extra
        return HKDFExpand(hashes.SHA256(), length, labelled).derive(prk)

    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"
    enc = raw_public(ephemeral)
    dh = ephemeral.exchange(X25519PublicKey.from_public_bytes(peer))
    shared = expand(extract(b"", kem, b"eae_prk", dh), kem, b"shared_secret", enc + peer, 32)
    schedule = (b"\0" + extract(b"", suite, b"psk_id_hash", b"") + extract(b"", suite, b"info_hash", info))
    secret = extract(shared, suite, b"secret", b"")
    key = expand(secret, suite, b"key", schedule, 32)
    nonce = expand(secret, suite, b"base_nonce", schedule, 12)
    return enc, AESGCM(key).encrypt(nonce, message, aad)


def show(name, value):
    print(f"{name} = {value.hex() if isinstance(value, bytes) else value}")


# Ids and seeds of the example.
AGENCY, CASE, RECORD, PERSON, OTHER, TEAM, REFERRAL = (bytes([b]) * 16 for b in b"\xa0\xc0\xd0\x50\x51\x70\x90")
SALT, KEY_ID = count(0x40, 24), count(0x80, 16)
root, agency_key = (Ed25519PrivateKey.from_private_bytes(bytes([b]) * 32) for b in (1, 2))
signing, other_signing = (Ed25519PrivateKey.from_private_bytes(bytes([b]) * 32) for b in (3, 4))
sealing, other_sealing, ephemeral = (X25519PrivateKey.from_private_bytes(bytes([b]) * 32) for b in (5, 6, 7))
END = 2_000_000_000

# Context and envelope.
head = header("record", KEY_ID)
place = dict(org=AGENCY, case=CASE, record=RECORD, schema=1, version=7, epoch=2, author=PERSON)
show("context", context(head, b"case_sheet", **place))
show("envelope", envelope("record", KEY_ID, count(0, 32), pad(b"An example."), SALT, b"case_sheet", **place))

# Keys.
case_info = fields(b"leeward case key v1", CASE, b"\x02", struct.pack(">I", 3))
halves = bytes([0x11]) * 32 + bytes([0x22]) * 32
show("caseKey", hkdf(halves, case_info + fields(b"key"), 48))
show("caseDropBox", raw_public(X25519PrivateKey.from_private_bytes(hkdf(halves, case_info + fields(b"drop box"), 32))))
team_info = fields(b"leeward team key v1", TEAM, struct.pack(">I", 4))
team_seed = bytes([0x33]) * 32
team_key = hkdf(team_seed, team_info + fields(b"key"), 48)
team_box = X25519PrivateKey.from_private_bytes(hkdf(team_seed, team_info + fields(b"drop box"), 32))
show("teamKey", team_key)
show("teamDropBox", raw_public(team_box))
pepper = bytes([0x44]) * 32
server = {label: hkdf(pepper, fields(b"leeward server key v1", label), 48)
          for label in (b"password", b"routing", b"vault", b"graph")}
show("routingKey", server[b"routing"])
show("blindIndex", hmac.new(server[b"graph"][:32], fields(b"leeward blind index v1", b"recipient", PERSON),
                            hashlib.sha256).digest()[:16])

# Case secrets under the team's key, and a vault record.
show("caseSecretWrap", envelope(
    "caseSecret", team_key[32:], team_key[:32], bytes([0x11]) * 32 + bytes([0x12]) * 32, SALT,
    b"case_secret:identity+contact", org=AGENCY, case=CASE, record=TEAM, version=3, epoch=4, author=PERSON))
show("vaultRecord", envelope(
    "vaultRecord", server[b"vault"][32:], server[b"vault"][:32],
    b"\x01" + CASE + bytes([0x22]) * 32 + struct.pack(">Q", 1_800_000_000) + bytes(11), SALT, b"vault"))

# Keyring, slot, session.
ring = (b"\x01" + PERSON + AGENCY + bytes([3]) * 32 + bytes([5]) * 32 + raw_public(root) + bytes([12, 8, 1])
        + struct.pack(">Q", 9) + bytes([0xee]) * 32 + struct.pack(">H", 1) + TEAM + struct.pack(">I", 4))
keyring_secret = count(0x60, 32)
ring_key = hkdf(keyring_secret, fields(b"leeward keyring key v1"), 48)
show("keyring", envelope("keyring", ring_key[32:], ring_key[:32], pad(ring), SALT, b"keyring",
                         org=AGENCY, record=PERSON, version=1))
slot_salt = count(0x10, 16)
slow = hashlib.scrypt(b"an example of a password", salt=slot_salt, n=2**12, r=8, p=1, dklen=32)
slot_key = hkdf(slow + server[b"password"][:32], fields(b"leeward password slot v1", PERSON), 48)
phc = b"$scrypt$ln=12,r=8,p=1$" + base64.b64encode(slot_salt).rstrip(b"=")
show("slot", struct.pack(">H", len(phc)) + phc + envelope(
    "slot", slot_key[32:], slot_key[:32], keyring_secret, SALT, b"password_slot", record=PERSON))
token = count(0xc0, 32)
check = hashlib.sha256(fields(b"leeward session token v1", token)).digest()[:3]
number = int.from_bytes(token + check, "big")
show("tokenText", "lw1_" + "".join("0123456789abcdefghjkmnpqrstvwxyz"[number >> 5 * i & 31] for i in range(55, -1, -1)))
session_key = hkdf(token, fields(b"leeward session key v1"), 48)
show("session", envelope("session", session_key[32:], session_key[:32], pad(ring), SALT, b"session",
                         record=hashlib.sha256(token).digest()[:16]))


# Printed codes, a code slot, the founding file.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def remainder(values):
    """BIP 173's generator over GF(32)."""
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for bit, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            total ^= part if top >> bit & 1 else 0
    return total


def code_text(mark, code):
    number = int.from_bytes(code, "big") << 4
    values = [LETTERS.index(c) for c in mark] + [number >> 5 * i & 31 for i in range(51, -1, -1)]
    end = remainder(values + [0] * 6) ^ 0x2BC830A3
    values += [end >> 5 * i & 31 for i in range(5, -1, -1)]
    return "-".join("".join(LETTERS[v] for v in values[i:i + 5]) for i in range(0, 60, 5))


code = count(0xe0, 32)
show("codeText", code_text("NV", code))
show("codeDigest", hashlib.sha256(fields(b"leeward printed code v1", b"NV", code)).digest())
slot_key = hkdf(code + server[b"password"][:32], fields(b"leeward code slot v1", b"NV", PERSON), 48)
show("codeSlot", struct.pack(">H", 8) + b"$code$NV" + envelope(
    "slot", slot_key[32:], slot_key[:32], keyring_secret, SALT, b"code_slot", record=PERSON))
founding_code = count(0x05, 32)
show("foundingCode", code_text("FD", founding_code))
founding_key = hkdf(founding_code, fields(b"leeward founding file v1"), 48)
show("foundingFile", envelope(
    "foundingFile", founding_key[32:], founding_key[:32],
    pad(b"\x01" + bytes([1]) * 32 + struct.pack(">H", 1) + AGENCY + bytes([2]) * 32), SALT, b"founding_file"))


# Bindings.
def binding(holder, holder_id, epoch, verifying, box, signer_id, signer):
    signed = (header("binding", KEY_ID) + bytes([holder]) + holder_id + struct.pack(">I", epoch) + verifying + box
              + signer_id)
    return signed + signer.sign(fields(b"leeward key binding v1", signed))


show("agencyBinding", binding(1, AGENCY, 1, raw_public(agency_key), bytes(32), bytes(16), root))
show("personBinding", binding(2, PERSON, 1, raw_public(signing), raw_public(sealing), AGENCY, agency_key))
show("otherBinding", binding(2, OTHER, 1, raw_public(other_signing), raw_public(other_sealing), AGENCY, agency_key))
show("teamBinding", binding(3, TEAM, 4, bytes(32), raw_public(team_box), AGENCY, agency_key))


# Grant (from the other person to the person), team seed, packet.
def wrap(kind, secret, peer, info, terms, content=None):
    head = header(kind, KEY_ID)
    aad = fields(head, *terms)
    enc, sealed = hpke_seal(secret, peer, ephemeral, info, aad)
    parts = [info, aad, enc, sealed] + ([hashlib.sha256(content).digest()] if content is not None else [])
    return head + enc + sealed + OTHER + other_signing.sign(fields(*parts)) + (content or b"")


def grant(kind, purpose, secret, subject, mask, epoch):
    return wrap(kind, secret, raw_public(sealing), fields(b"leeward grant v1", purpose),
                [subject, bytes([mask]), struct.pack(">I", epoch), PERSON, raw_public(sealing), struct.pack(">Q", END),
                 OTHER])


show("grant", grant("grant", b"case_work", bytes([0x11]) * 32, CASE, 2, 3))
show("teamGrant", grant("teamSecret", b"team_membership", team_seed, TEAM, 0, 4))
head = header("packet", KEY_ID)
data_key = count(0x20, 32)
content = chunked(pad(b'{"name":"Example"}'), data_key, context(
    head, b"referral_packet", org=AGENCY, record=REFERRAL, schema=1, version=1, epoch=4, author=OTHER), SALT)
show("packet", wrap(
    "packet", data_key, raw_public(team_box), fields(b"leeward packet v1", b"referral"),
    [REFERRAL, AGENCY, struct.pack(">I", 1), TEAM, struct.pack(">I", 4), raw_public(team_box), struct.pack(">Q", END),
     OTHER], content))


# The drop-box: the key that leads into a case, an intake, a note (all by the other person).
WRITTEN, EPOCH = struct.pack(">Q", 1_800_000_000), struct.pack(">I", 3)
content_box = X25519PrivateKey.from_private_bytes(
    hkdf(halves, fields(b"leeward case key v1", CASE, b"\x04", EPOCH, b"drop box"), 32))
signed = header("caseBox", KEY_ID) + CASE + AGENCY + b"\x04" + EPOCH + raw_public(content_box) + OTHER
show("caseBox", signed + other_signing.sign(fields(b"leeward case box v1", signed)))
sheets = fields(*(hashlib.sha256(sheet).digest() for sheet in (b"identity", b"contact", b"conflicts", b"content")))
intake = wrap("intake", b"".join(bytes([b]) * 32 for b in (0x11, 0x12, 0x13, 0x14)), raw_public(team_box),
              fields(b"leeward intake v1"),
              [CASE, EPOCH, AGENCY, TEAM, struct.pack(">I", 4), raw_public(team_box), AGENCY, WRITTEN, OTHER], sheets)
show("intake", intake[:-len(sheets)])
head = header("dropBox", KEY_ID)
content = chunked(pad(b'{"text":"Example"}'), data_key, context(
    head, b"drop_box:note", org=AGENCY, case=CASE, record=RECORD, schema=1, version=1, epoch=3, author=OTHER), SALT)
show("dropBox", wrap(
    "dropBox", data_key, raw_public(content_box), fields(b"leeward drop box v1", b"note"),
    [CASE, RECORD, AGENCY, b"\x04", EPOCH, raw_public(content_box), struct.pack(">I", 1), AGENCY, WRITTEN, OTHER],
    content))


# Shares of a secret: the value at x of a polynomial for each byte, by powers of the generator 3.
def field_product(a, b):
    return 0 if a == 0 or b == 0 else POWERS[(POWERS.index(a) + POWERS.index(b)) % 255]


POWERS = [1]
while len(POWERS) < 255:
    double = POWERS[-1] << 1
    POWERS.append((double ^ (0x11b if double > 0xff else 0)) ^ POWERS[-1])


def share(secret, coefficients, total, index, set_id):
    value = bytearray(32)
    for i in range(32):
        power = 1
        for row in [secret] + coefficients:
            value[i] ^= field_product(row[i], power)
            power = field_product(power, index)
    numbers = bytes([len(coefficients) + 1, total])
    commitment = hashlib.sha256(fields(b"leeward share set v1", set_id, numbers[:1], numbers[1:], secret)).digest()
    checked = b"\x01" + numbers + bytes([index]) + set_id + bytes(value) + commitment
    return checked + hashlib.sha256(fields(b"leeward share v1", checked)).digest()[:4]


shared = bytes([0x2a]) * 32
shares = [share(shared, [count(0, 32), count(32, 32)], 5, i, KEY_ID) for i in range(1, 6)]
show("firstShare", shares[0])
show("fifthShare", shares[4])
mask, case_epoch = b"\x0a", struct.pack(">I", 3)
show("sealedShare", wrap("share", shares[0], raw_public(sealing), fields(b"leeward share wrap v1", b"trustee"),
                         [CASE, mask, case_epoch, PERSON, raw_public(sealing), struct.pack(">Q", END), OTHER]))
glass_key = hkdf(shared, fields(b"leeward break glass key v1", CASE, case_epoch), 32)
head = header("breakGlass", KEY_ID)
glass = head + bytes([3, 5]) + b"".join(hashlib.sha256(s).digest() for s in shares) + OTHER + chunked(
    bytes([0x11]) * 32 + bytes([0x12]) * 32, glass_key,
    context(head, b"break_glass:contact+content", org=AGENCY, case=CASE, version=3, author=OTHER), SALT)
show("breakGlass", glass + other_signing.sign(fields(b"leeward break glass v1", AGENCY, CASE, mask, case_epoch, glass)))

# The secret of an authenticator app.
routing = server[b"routing"]
show("authenticator", envelope("authenticator", routing[32:], routing[:32], b"12345678901234567890", SALT,
                               b"authenticator", record=PERSON, version=1))


# A blind index: a slow field (telephone) and a quick one (name).
def indexed(value, field, key):
    if field >= 3:
        salt = hmac.new(key, fields(b"leeward index salt v1", AGENCY, bytes([field])), hashlib.sha256).digest()[:16]
        value = hashlib.scrypt(value, salt=salt, n=2**14, r=8, p=1, dklen=32, maxmem=2**26)
    material = hmac.new(key, fields(b"leeward index v1", AGENCY, bytes([field]), value), hashlib.sha256).digest()
    return material[:16], int.from_bytes(material[16:18], "big") >> 6


index_key, row = bytes([0x55]) * 32, bytes([0xe0]) * 16
show("indexKey", envelope("indexKey", routing[32:], routing[:32], b"\x0a" + index_key, SALT, b"index_key:phone", org=AGENCY,
                          version=1))
for number, label, value in ((3, b"phone", b"+442079460123"), (1, b"name", "ämina example".encode())):
    token, bucket = indexed(value, number, index_key)
    show(label.decode() + "Bucket", bucket.to_bytes(2, "big"))
    show(label.decode() + "Token", envelope("indexToken", routing[32:], routing[:32], token + CASE, SALT,
                                            b"index_token:" + label, org=AGENCY, record=row))
