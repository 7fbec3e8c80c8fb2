"""What a workspace file holds, as the tool tells, and what its blocks' headers say (FORMAT.md)."""
import json
import os
import struct
import subprocess

SLOT = 65536
RING = 16  # blocks that keep=last keeps of a thread, beside the one in its window
BLOCK = struct.Struct('<IBBHIIQQQ')  # magic, kind, flags, -, thread, depth, sequence, ticks, first
MAGIC = 0x4b4c424f
CALLS = 1  # kind
# A thread's record in the metadata, at most: its front 4, three numbers of 9, a name of 15 behind
# its length.
THREAD_BYTES = 47


class Unreadable(Exception):
    """What the tool says of a file that it cannot read."""


class Recording:
    def __init__(self, tool, path):
        self.tool, self.path = tool, path
        info = json.loads(self._ask('info', '--json'))
        self.calls = info['calls']
        self.dropped = info['dropped']
        self.threads = info['threads']

    def _ask(self, *command):
        done = subprocess.run([self.tool, *command, self.path], check=False, capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise Unreadable(f'{" ".join(command)}: status {done.returncode}: '
                             f'{done.stdout}{done.stderr}')
        return done.stdout

    def verify(self):
        self._ask('verify')

    def calls_by_function(self):
        return {row['name']: row['calls'] for row in
                map(json.loads, self._ask('stats', '--json').splitlines())}

    def overwritten(self):
        """Of each thread that still has a block: the calls before its oldest one."""
        first_calls = {}
        with open(self.path, 'rb') as file:
            for offset in range(SLOT, os.path.getsize(self.path), SLOT):
                file.seek(offset)
                block = file.read(BLOCK.size)
                if len(block) < BLOCK.size:
                    break
                magic, kind, _, _, thread, _, _, _, first_call = BLOCK.unpack(block)
                if magic == MAGIC and kind == CALLS:
                    first_calls[thread] = min(first_call, first_calls.get(thread, first_call))
        return first_calls
