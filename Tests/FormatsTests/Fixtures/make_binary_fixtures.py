"""Makes the binary fixtures of the Zip, Spreadsheet, NPY, Pickle and GCT tests (numpy 2.4.6, openpyxl 3.1.5, h5py).

Run in this folder. PyTorch is not needed: stand-ins under its names write the same pickles.
"""
import collections, datetime, io, pickle, struct, sys, types, zipfile
import h5py, numpy as np, openpyxl

STAMP = (2020, 1, 1, 0, 0, 0)


def archive(path, parts, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w") as z:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = method
            z.writestr(info, text)


# Zip
archive("Zip/two.zip", {"a.txt": "alpha\n" * 1000, "folder/b.txt": "beta"})
archive("Zip/stored.zip", {"a.txt": "alpha\n" * 1000}, zipfile.ZIP_STORED)
archive("Zip/bomb.zip", {"zeros": b"\0" * (8 << 20)})
data = bytearray(open("Zip/two.zip", "rb").read())
central = data.index(b"PK\1\2")
lying = bytearray(data)
struct.pack_into("<I", lying, 22, 9000)
struct.pack_into("<I", lying, central + 24, 9000)
open("Zip/lying.zip", "wb").write(lying)
locked = bytearray(data)
locked[6] |= 1
locked[central + 8] |= 1
open("Zip/encrypted.zip", "wb").write(locked)

# Spreadsheet
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Lines & more"
sheet.append(["Sample\nName", "COSMIC id", "value", "flag", None, "date"])
sheet.append(["A <b> \"c\" 'd'", 906826, 0.1, True, None, 1e-7])
sheet.append([])
sheet.append(["été  ", -3, 5.0, False, None, "#N/A"])
book.create_sheet("Second").append(["x"])
book.properties.created = book.properties.modified = datetime.datetime(2020, 1, 1)
book.save("Spreadsheet/openpyxl.xlsx")

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(path, sheet, strings="<sst/>"):
    archive(path, {
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{TYPES}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0"?><x:workbook xmlns:x="{MAIN}" xmlns:r="{TYPES}"><x:sheets><x:sheet name="S&amp;1" sheetId="7" r:id="rId3"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId3" Type="{TYPES}/worksheet" Target="./worksheets/../sheets/one.xml"/>'
        f'<Relationship Id="rId9" Type="{TYPES}/sharedStrings" Target="strings.xml"/></Relationships>',
        "xl/strings.xml": strings,
        "xl/sheets/one.xml": sheet,
    })


workbook("Spreadsheet/edges.xlsx",
    '\ufeff<?xml version="1.0" encoding="UTF-8"?><!-- a > b --><x:worksheet xmlns:x="m"><x:cols><x:col min="1"/></x:cols><x:sheetData>\n'
    '<x:row r="2" spans="1:4"><x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c r="F2" t="s" s=\'2\'><x:v>2</x:v></x:c></x:row>\n'
    '<x:row><x:c t="inlineStr"><x:is><x:r><x:t>in</x:t></x:r><x:r><x:t xml:space="preserve"> line</x:t></x:r></x:is></x:c>'
    '<x:c t="b"><x:v>1</x:v></x:c><x:c t="b"><x:v>0</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c><x:f>1+1</x:f><x:v>1.50</x:v></x:c>'
    '<x:c t="str"><x:f>A1</x:f><x:v>a_x0009_b</x:v></x:c><x:c r="AB3"><x:v>12345678901234567890</x:v></x:c><x:c r="AC3" s="1"/></x:row>\n'
    '<x:row r="7"/><x:row r="9"><x:c r="A9"/><x:c r="B9"><x:v></x:v></x:c></x:row>'
    '</x:sheetData><x:mergeCells><x:row r="1"/></x:mergeCells></x:worksheet>\n',
    '<sst><si><r><t>rich</t></r><r><rPr><b/></rPr><t xml:space="preserve"> text </t></r><rPh sb="0" eb="1"><t>PHONETIC</t></rPh><phoneticPr/></si>'
    '<si><t>&#65;&#x42;&amp;&lt;&gt;&quot;&apos;\r\nline</t></si><si><t><![CDATA[<raw> & ]] ]]></t></si></sst>')
one = '<worksheet><sheetData>%s</sheetData></worksheet>'
workbook("Spreadsheet/bad-index.xlsx", one % '<row r="4"><c r="C4" t="s"><v>5</v></c></row>')
workbook("Spreadsheet/bad-row.xlsx", one % '<row r="4"/><row r="3"/>')
workbook("Spreadsheet/bad-column.xlsx", one % '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')
workbook("Spreadsheet/bad-entity.xlsx", one % '<row r="1"><c r="A1"><v>&lol;</v></c></row>')
workbook("Spreadsheet/bad-doctype.xlsx", '<!DOCTYPE w [<!ENTITY lol "lol">]>' + one % "")
workbook("Spreadsheet/bad-depth.xlsx", "<a>" * 5000 + "</a>" * 5000)
workbook("Spreadsheet/bad-tags.xlsx", "<worksheet><sheetData></worksheet></sheetData>")
workbook("Spreadsheet/bad-end.xlsx", '<worksheet><sheetData><row r="1"><c r="A1"><v>12')
workbook("Spreadsheet/bad-encoding.xlsx", (one % "").encode("utf-16"))
archive("Spreadsheet/no-workbook.xlsx", {"hello.txt": "hello"})

# NPY
grid = np.arange(6).reshape(2, 3)
for kind in ["f4", "f8", "i4", "i8"]:
    np.save(f"NPY/{kind}.npy", (grid * (0.5 if kind[0] == "f" else 1)).astype("<" + kind))
np.save("NPY/fortran.npy", np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)))
np.save("NPY/scalar.npy", np.float64(2.5))
np.save("NPY/big.npy", grid.astype(">f4"))
for version in [(2, 0), (3, 0)]:
    with open(f"NPY/version{version[0]}.npy", "wb") as f:
        np.lib.format.write_array(f, grid.astype("<i8"), version=version)

# Pickle
everything = collections.OrderedDict(
    none=None, yes=True, no=False, small=[0, -1, 255, 256, 65535, 65536, -(2**31), 2**31, -(2**63), 2**63 - 1],
    big=2**80, floats=[0.5, -1e300, float("inf")], text="gen\u00e9\n'\"\\ \U0001F9EC", raw=b"\x00\xff\n",
    tuples=((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)), group={5}, frozen=frozenset([6]), inner={"a": {"b": [[]]}})
shared = ["again"]
everything["shared"] = [shared, shared]
for protocol in range(6):
    subject = dict(everything)
    if protocol < 2:
        subject["small"] = subject["small"][:]
    subject["ordered"] = collections.OrderedDict(z=1, a=2)
    if protocol < 2:
        del subject["big"]
    if protocol >= 5:
        subject["bytearray"] = bytearray(b"ab")
    open(f"Pickle/protocol{protocol}.pkl", "wb").write(pickle.dumps(subject, protocol))
arrays = {kind: np.array([[0, 1, 2], [100, 50, 25]]).astype(kind) for kind in ["<f2", "<f4", "<f8", "i1", "<i2", "<i4", "<i8", "u1", "<u2", "<u4", "<u8"]}
arrays["bool"] = np.array([True, False])
arrays["fortran"] = np.asfortranarray(np.arange(6, dtype="<f4").reshape(2, 3))
arrays["point"] = np.array(7, "<i4")
arrays["scalars"] = [np.float32(0.1), np.float64(0.1), np.int64(-5), np.uint8(200), np.bool_(True), np.float16(-1.5)]
for protocol in [2, 4, 5]:
    open(f"Pickle/numpy{protocol}.pkl", "wb").write(pickle.dumps(arrays, protocol))
open("Pickle/big-endian.pkl", "wb").write(pickle.dumps(np.arange(3, dtype=">f4"), 4))
open("Pickle/objects.pkl", "wb").write(pickle.dumps(np.array(["a", None], object), 4))


# Stand-ins under PyTorch's names, pickled the way PyTorch does it.
def module(name):
    made = types.ModuleType(name)
    sys.modules[name] = made
    return made


torch, utils, storages = module("torch"), module("torch._utils"), module("torch.storage")


def _rebuild_tensor_v2(*a): ...
def _load_from_bytes(*a): ...


for owner, function in [(utils, _rebuild_tensor_v2), (storages, _load_from_bytes)]:
    function.__module__ = owner.__name__
    setattr(owner, function.__name__, function)
for kind in ["Float", "Double", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool"]:
    made = type(kind + "Storage", (), {"__module__": "torch"})
    setattr(torch, made.__name__, made)


class Storage:
    def __init__(self, kind, data, key):
        self.kind, self.data, self.key, self.size = getattr(torch, kind + "Storage"), data, key, {"Float": 4, "Double": 8, "Half": 2, "BFloat16": 2, "Long": 8, "Int": 4, "Short": 2, "Char": 1, "Byte": 1, "Bool": 1}[kind]

    def __reduce__(self):
        return _load_from_bytes, (legacy(self),)


class Tensor:
    def __init__(self, storage, shape, strides, offset=0):
        self.args = (storage, offset, shape, strides, False, collections.OrderedDict())

    def __reduce__(self):
        return _rebuild_tensor_v2, self.args


class Saver(pickle.Pickler):
    def persistent_id(self, thing):
        if isinstance(thing, Storage):
            found[thing.key] = thing
            tail = (None,) if self.is_legacy else ()
            return ("storage", thing.kind, thing.key, "cpu", len(thing.data) // thing.size) + tail


def dump(subject, is_legacy):
    global found
    found = {}
    out = io.BytesIO()
    saver = Saver(out, 2)
    saver.is_legacy = is_legacy
    saver.dump(subject)
    return out.getvalue(), found


def legacy(subject):
    body, used = dump(subject, True)
    system = dict(protocol_version=1001, little_endian=True, type_sizes=dict(short=2, int=4, long=4))
    out = pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2) + pickle.dumps(system, 2) + body
    out += pickle.dumps(sorted(used), 2)
    for key in sorted(used):
        out += struct.pack("<q", len(used[key].data) // used[key].size) + used[key].data
    return out


def state():
    line = np.arange(12, dtype="<f4")
    weights = Storage("Float", line.tobytes(), "0")
    made = collections.OrderedDict()
    made["weight"] = Tensor(weights, (3, 4), (4, 1))
    made["transposed"] = Tensor(weights, (4, 3), (1, 4))
    made["row"] = Tensor(weights, (4,), (1,), 4)
    made["double"] = Tensor(Storage("Double", np.array([0.5, -2], "<f8").tobytes(), "1"), (2,), (1,))
    made["half"] = Tensor(Storage("Half", np.array([1.5, -0.25, 6e-8, 65504, np.inf], "<f2").tobytes(), "2"), (5,), (1,))
    brain = (np.array([1.5, -3], "<f4").view("<u4") >> 16).astype("<u2")
    made["bfloat"] = Tensor(Storage("BFloat16", brain.tobytes(), "3"), (2,), (1,))
    made["steps"] = Tensor(Storage("Long", np.array([42], "<i8").tobytes(), "4"), (), ())
    made["empty"] = Tensor(Storage("Float", b"", "5"), (0, 4), (4, 1))
    return made


open("Pickle/legacy.pt", "wb").write(legacy(state()))
body, used = dump(state(), False)
entries = {"net/data.pkl": body, "net/byteorder": "little", "net/version": "3\n"}
entries.update({f"net/data/{key}": used[key].data for key in used})
archive("Pickle/zip.pt", entries, zipfile.ZIP_STORED)
short = dict(entries)
short["net/data/0"] = short["net/data/0"][:40]
archive("Pickle/short-storage.pt", short, zipfile.ZIP_STORED)
del short["net/data/0"]
archive("Pickle/no-storage.pt", short, zipfile.ZIP_STORED)
lines = {name: Tensor(Storage("Float", np.arange(n, n + 5, dtype="<f4").tobytes(), str(n)), (5,), (1,)) for n, name in enumerate(["CAL120", "DMS114"])}
open("Pickle/embedded.pkl", "wb").write(pickle.dumps(lines, 4))
open("Pickle/outside.pkl", "wb").write(pickle.dumps({"w": Tensor(Storage("Float", b"\0" * 16, "0"), (9,), (1,))}, 4))

# GCT
for name, columns in [("mini", 3), ("bad-shape", 4)]:
    with h5py.File(f"GCT/{name}.gctx", "w", libver="earliest") as f:
        f.attrs["version"] = np.bytes_("GCTX1.0")
        f["0/DATA/0/matrix"] = np.array([[1, 2], [-666, np.nan], [0.5, -6]] + [[0, 0]] * (columns - 3), "<f4")
        f["0/META/ROW/id"] = np.array([b"r1", b"row2"])
        f["0/META/ROW/pr_gene_id"] = np.array([5720, 55847])
        f["0/META/COL/id"] = np.array([b"c1", b"c2", b"c3"])
        f["0/META/COL/dose"] = np.array([10.0, 0.5, -666.0])
        f["0/META/COL/cell"] = np.array([b"A375", b"-666", b"na"])
with h5py.File("GCT/other.gctx", "w") as f:
    f["x"] = 1
