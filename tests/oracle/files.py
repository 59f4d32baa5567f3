"""Makes files.json: bytes of .npy, .npz and .safetensors files as numpy writes them, with their numbers.

Run by hand with a real numpy (1.24.2 made the file): python3 tests/oracle/files.py > tests/oracle/files.json
numpy has no bfloat16 and no .safetensors: both are written here after their formats' descriptions.
"""

import base64
import io
import json
import struct

import numpy as np


def plain(array):
    values = np.asarray(array, dtype=object if array.dtype.kind in 'iu' else np.float64).ravel()
    text = [repr(float(v)) if array.dtype.kind == 'f' else str(int(v)) for v in values]
    return {'dtype': str(array.dtype.newbyteorder('=')), 'shape': list(array.shape), 'values': text}


def npy(array, **options):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, **options)
    return out.getvalue()


def encoded(data):
    return base64.b64encode(data).decode()


FLOATS = [[0.5, -1.25, 3.0], [1e-7, -0.0, 65504.0]]
SPECIAL = [float('nan'), float('inf'), -float('inf'), 6e-8, 2.0**-14]
cases = []

for order in '<>':
    for kind in ('f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8'):
        array = np.array(FLOATS if kind[0] == 'f' else [[1, 2, 3], [100, 0, 127]], dtype=order + kind)
        if kind[0] == 'i':
            array[1, 1] = -128
        cases.append(('npy', f'{order}{kind}', npy(array), [(None, array)]))
for kind in ('f2', 'f4', 'f8'):
    array = np.array(SPECIAL, dtype=kind)
    cases.append(('npy', f'special {kind}', npy(array), [(None, array)]))
array = np.array([[True, False], [False, True]])
cases.append(('npy', 'bool', npy(array), [(None, array)]))
array = np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4))
cases.append(('npy', 'fortran order', npy(array), [(None, array)]))
array = np.array(7.5)
cases.append(('npy', 'no axis', npy(array), [(None, array)]))
array = np.zeros((0, 3), np.float32)
cases.append(('npy', 'empty', npy(array), [(None, array)]))
array = np.array([2**53, 2**53 + 1, -(2**63)], dtype=np.int64)
cases.append(('npy', 'beyond 2^53', npy(array), [(None, array)]))
array = np.array([2**53, -(2**53)], dtype=np.int64)
cases.append(('npy', 'up to 2^53', npy(array), [(None, array)]))
array = np.arange(4, dtype=np.float32)
for version in ((2, 0), (3, 0)):
    cases.append(('npy', f'version {version[0]}', npy(array, version=version), [(None, array)]))

refused = [
    ('objects', npy(np.array([None, 'a'], dtype=object), allow_pickle=True)),
    ('complex', npy(np.array([1 + 2j]))),
    ('records', npy(np.array([(1, 2.0)], dtype=[('a', 'i4'), ('b', 'f4')]))),
    ('texts', npy(np.array(['abc']))),
    ('dates', npy(np.array(['2020-01-01'], dtype='M8[D]'))),
]

weight = np.arange(18, dtype=np.float32).reshape(1, 2, 3, 3) / 4
bias = np.array([1, 2], dtype=np.int64)
for name, save in (('plain', np.savez), ('packed', np.savez_compressed)):
    out = io.BytesIO()
    save(out, weight=weight, bias=bias)
    cases.append(('npz', name, out.getvalue(), [('weight', weight), ('bias', bias)]))


def safetensors(entries, metadata=None):
    header, block = {}, b''
    if metadata:
        header['__metadata__'] = metadata
    for name, dtype, shape, data in entries:
        header[name] = {'dtype': dtype, 'shape': shape, 'data_offsets': [len(block), len(block) + len(data)]}
        block += data
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    return struct.pack('<Q', len(text)) + text + block


entries, expected = [], []
for dtype, kind in (
    ('F16', 'f2'), ('F32', 'f4'), ('F64', 'f8'), ('I8', 'i1'), ('I16', 'i2'), ('I32', 'i4'), ('I64', 'i8'), ('U8', 'u1'), ('BOOL', '?'),
):
    array = np.array([[1, 0, 1], [0, 1, 1]]).astype('<' + kind if kind != '?' else kind)
    if kind[0] == 'f':
        array = array + np.array(0.25, array.dtype)
    name = f'layer.{dtype}'
    entries.append((name, dtype, list(array.shape), array.tobytes()))
    expected.append((name, array))
cases.append(('safetensors', 'every type', safetensors(entries, {'format': 'pt'}), expected))
upper = (np.array([1.5, -2.0, 3.140625, np.inf], '<f4').view('<u4') >> 16).astype('<u2')
exact = np.array([1.5, -2.0, 3.140625, np.inf], 'f4')
cases.append(('safetensors', 'bfloat16', safetensors([('w', 'BF16', [4], upper.tobytes())]), [('w', exact)]))

print(json.dumps({
    'made_by': f'tests/oracle/files.py, numpy {np.__version__}',
    'read': [
        {'container': c, 'case': n, 'base64': encoded(b), 'tensors': [{'name': k, **plain(a)} for k, a in ts]}
        for c, n, b, ts in cases
    ],
    'refused': [{'case': n, 'base64': encoded(b)} for n, b in refused],
}, indent=1))
