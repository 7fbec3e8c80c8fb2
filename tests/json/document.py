"""A real document of 5 MB: the data of caniuse-db, which npm fetches by the lock file here."""
import json
import os
import shutil
import subprocess
import sys

SIZE = 5_000_000


def fetch(work):
    here = os.path.dirname(os.path.abspath(__file__))
    for name in ('package.json', 'package-lock.json'):
        shutil.copy(os.path.join(here, name), work)
    data = os.path.join(work, 'node_modules', 'caniuse-db', 'fulldata-json')
    if not os.path.isdir(data):
        subprocess.run(['npm', 'ci', '--silent', '--ignore-scripts'], cwd=work, check=True)
    return data


def make(work):
    """The newer data whole, and as much of the older as it takes. Returns the file's path."""
    path = os.path.join(work, 'document.json')
    if os.path.exists(path):
        return path
    data = fetch(work)
    with open(os.path.join(data, 'data-2.0.json'), encoding='utf-8') as file:
        newer = file.read()
    with open(os.path.join(data, 'data-1.0.json'), encoding='utf-8') as file:
        features = json.load(file)['data']
    older = {}
    missing = SIZE - len(newer.encode())
    for name, feature in features.items():
        if missing <= 0:
            break
        older[name] = feature
        missing -= len(json.dumps({name: feature}).encode())
    with open(path, 'w', encoding='utf-8') as file:
        file.write('[' + newer + ',\n' + json.dumps(older) + ']\n')
    return path


if __name__ == '__main__':
    os.makedirs(sys.argv[1], exist_ok=True)
    print(make(sys.argv[1]))
