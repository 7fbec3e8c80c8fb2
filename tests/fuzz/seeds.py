"""What each fuzzer starts from: made here, so that no corpus has to be kept in the repository."""
import glob
import os
import signal
import struct
import subprocess
import sys
import tempfile

SOURCE = os.path.abspath(f'{os.path.dirname(os.path.abspath(__file__))}/../..')
sys.path.append(f'{SOURCE}/tests/live')
# pylint: disable=wrong-import-position
from observing import COUNT, Emitter, Tool
from target import Workshop, live_files

SLOT = 65536
HEADER = 232
BLOCK_HEADER = 64
LENGTH_IN_BLOCK = 48
CALLS = 1
DIRECTORY, SWITCHES, EVENTS = 64 << 10, 16 << 20, 64 << 20
# Of a block that is to grow.
FIRST_BYTES = 500
SAMPLES = ('vending_machine', 'threads', 'exceptions')

CONDITIONS = [
    'args.n == 1', 'args.items[0].name == "a" && return ~ "res*"', 'size(args.items) > 1',
    'args.map["k"] == 1 || !thrown', '(depth < 2 && duration > 1.5ms)', 'args.coin == Coin::nickel',
    'thrown.type == "std::runtime_error"', 'args.real >= -2.5e-3', 'args.pointer == null',
    'name ~ "foo::*" && thread == "main"', 'changed.items', '!!open', "args[0] != 'x\\x41\\u00e4'",
]

OPTIONS = [
    'calls=100,depth=5,roots=1/3\nrecord\nfoo,bar::*\n/tmp/%n.%p.omni\ntsc\nfoo::*a*b\n1.5ms\nfoo::ab',
    'value=64K,changed=0,size=2GiB,keep=last\nstandby\n*\nout\nmonotonic\n*\n3us\n',
    'keep=first\noff\n::a,,b\n%%%\n\n**a\n10\naaa',
]

# About the function of rules/traced_call.h, and of what this one is called with.
RULES = [
    'args.n == 7 && args.real < 2.5 && args.single >= -1', 'args.u > 18446744073709551614',
    'args.flag == true && args.c == 228', 'args.coin == "nickel"', 'args.coin != "penny"',
    'args.kind <= 1 && -1 < args.coin', 'args.text == "short" && args.held != "longer"',
    'args.name >= "short"', 'args.order.id == -7 && args.order.price > 0.25', '3 == args.kind',
    'args.order.text < "quarter"', 'args.none == 1', 'args.real != 1e400 && (args.n == 7 || open)',
]
VALUES = struct.pack('<iQBbdfbbid', 7, 2**64 - 1, 1, -28, 2.25, -1, 5, -1, -7, 0.5)
TEXTS = b'short\nlonger than what lies inside of it\nquarter\n'

# In the first byte of a packed workspace.
FIRST_VIEW = 8

ADDRESS_MARK = 0xfa50
SELF, SPACE, TABLE, OTHER_TABLE = 0, 1, 3, 4


def pack(workspace):
    """A file as reader/packed_workspace.h has it."""
    packed = b'\0' + workspace[:HEADER]
    for slot in range(SLOT, len(workspace), SLOT):
        header = workspace[slot:slot + BLOCK_HEADER]
        if len(header) < BLOCK_HEADER or header[:4] != b'OBLK':
            continue
        (length,) = struct.unpack_from('<I', header, LENGTH_IN_BLOCK)
        payload = workspace[slot + BLOCK_HEADER:slot + BLOCK_HEADER + length]
        packed += struct.pack('<H', len(payload)) + header + payload
    return packed


def recordings(build):
    yield from glob.glob(f'{SOURCE}/tests/golden/inputs/*.omni')
    with tempfile.TemporaryDirectory() as folder:
        for sample in SAMPLES:
            subprocess.run([f'{build}/samples/{sample}'], check=False, capture_output=True,
                           env={**os.environ, 'OMNITRACE_OUT': f'{folder}/'})
        yield from glob.glob(f'{folder}/*')


def workspaces(build):
    for path in recordings(build):
        with open(path, 'rb') as file:
            yield pack(file.read())


def live_file(build, *arguments):
    """Of emitter.cc, while it is watched."""
    workshop = Workshop(build)
    emitter = Emitter(workshop, *arguments)
    script = workshop.path('count.js')
    with open(script, 'w', encoding='utf-8') as file:
        file.write(COUNT)
    tool = Tool(workshop, 'attach', '-p', emitter.pid, script, '--', '*')
    try:
        tool.out.find('attached')
        emitter.wait_for('sent', 100)
        emitter.process.send_signal(signal.SIGSTOP)
        with open(live_files(emitter.pid)[0], 'rb') as file:
            return file.read()
    finally:
        tool.kill()
        emitter.kill()


# Steps of a packed live file.
LOOK, _, GROW, MOVE_ON, COPY, CUT, _ = range(7)
LIVE_FLAGS = 8


def pack_live(file):
    """As live/packed_live_file.h has it: blocks that grow, move on, and are cut."""
    directory_bytes, switch_bytes = struct.unpack_from('<QI', file, 40)
    directory = file[DIRECTORY:DIRECTORY + directory_bytes]
    switches = file[SWITCHES:SWITCHES + switch_bytes]
    events, steps, number = bytearray(file[EVENTS:]), b'', 0
    for slot in range(SLOT, len(events), SLOT):
        if events[slot:slot + 4] != b'OBLK':
            continue
        number += 1
        payload = slot + BLOCK_HEADER
        length, = struct.unpack_from('<I', events, slot + LENGTH_IN_BLOCK)
        if events[slot + 4] == CALLS and length > FIRST_BYTES:
            more = events[payload + FIRST_BYTES:payload + min(length, FIRST_BYTES + 255)]
            steps += bytes([GROW, number, len(more)]) + more + bytes([LOOK])
            steps += bytes([MOVE_ON, number, 40]) + events[payload:payload + 40] + bytes([LOOK])
            struct.pack_into('<I', events, slot + LENGTH_IN_BLOCK, FIRST_BYTES)
    steps += bytes([COPY, 2, 20, LOOK, CUT]) + struct.pack('<I', EVENTS + 3 * SLOT) + bytes([LOOK])
    fields = file[8:64] + file[2368:2368 + 80]
    return b''.join([struct.pack('<H', len(steps)), steps, fields,
                     struct.pack('<H', len(directory)), directory,
                     struct.pack('<H', len(switches)), switches, pack(bytes(events))])


def live_seeds(build):
    for arguments in ((2, 1000, 0, 0), (1, 0, 0, 1)):
        packed = pack_live(live_file(build, *arguments))
        yield from (bytes([flags]) + packed for flags in range(LIVE_FLAGS))


def varint(number):
    return bytes([number << 1 | 1])


def text(characters):
    return varint(len(characters)) + characters


def encoded_rules():
    """As FORMAT.md has them, a comparison in each."""
    constants = (varint(0) + varint(14), varint(1) + varint(7), varint(2) + struct.pack('<d', 2.25),
                 varint(3) + text(b'short'))
    paths = [[name] for name in (b'n', b'u', b'flag', b'c', b'real', b'single', b'coin', b'kind',
                                 b'text', b'held', b'name')]
    for number, path in enumerate(paths + [[b'order', field] for field in (b'id', b'text')]):
        steps = b''.join(map(text, path))
        yield b''.join([varint(number % 2), text(b'shop::*'), varint(3), varint(10), varint(1),
                        varint(number % 6), varint(len(path)), steps,
                        constants[3 if path[-1] in (b'text', b'held', b'name') else number % 3]])


def rule_seeds():
    for condition in RULES:
        yield b'\1' + VALUES + TEXTS + condition.encode()
    rules = list(encoded_rules())
    for one, other in zip(rules, rules[1:]):
        both = one + other
        yield b'\0' + VALUES + TEXTS + b'\2' + b''.join(
            struct.pack('<H', len(each)) + each for each in (one, both)) + bytes(range(64))


def objects():
    """Of every type in every way: an object that points into itself and around itself."""
    def place(anchor, offset=0):
        return (ADDRESS_MARK | anchor) << 48 | offset

    words = [place(TABLE), place(SELF, 16), place(SELF, 32), 3, 1, place(SPACE), place(SPACE, 64),
             place(OTHER_TABLE), 8]
    for kind in range(4):
        for number in range(32):
            head = bytes([kind, number, (kind + number) % 8, 1, 3, number % 4, 0, 0])
            turned = words[number % 9:] + words[:number % 9]
            yield head + struct.pack('<9Q', *turned) * 2


def made(name, build):
    if name == 'reader':
        packed = list(workspaces(build))
        return [bytes([FIRST_VIEW * view]) + seed[1:] for seed in packed for view in range(20)]
    if name == 'live':
        return list(live_seeds(build))
    if name == 'rules':
        return list(rule_seeds())
    if name.startswith('values'):
        return list(objects())
    texts = CONDITIONS if name == 'where' else OPTIONS
    return [text.encode() for text in texts]


def corpus(name, build, folder):
    """The folder of a fuzzer's inputs, with the seeds in it."""
    os.makedirs(folder, exist_ok=True)
    for number, seed in enumerate(made(name, build)):
        with open(f'{folder}/seed-{number}', 'wb') as file:
            file.write(seed)
    return folder
