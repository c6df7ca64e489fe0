"""Writes small DICOM files in every syntax that is read, with the values that pydicom reads of them.

  python -m venv venv && venv/bin/pip install -r requirements.txt && apt-get install dcmtk
  venv/bin/python generate.py ../../modules/dicom/src/test/resources/dicom

All pixels are drawn from a fixed seed; there is no patient. `expected.csv` has a line for each file:
name, frames, rows, columns, samples, tolerance, and SHA-256 of all values as little-endian int32.
`rendered.csv` has the levels of one frame by a rule: name, rule, and SHA-256 of the levels as bytes.
Where a decoder may round (tolerance above 0), NAME.values holds the values as bytes.
"""
import hashlib
import pathlib
import subprocess
import sys

import numpy as np, pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import (DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, RLELossless)

OUT = pathlib.Path(sys.argv[1])
LINES, RENDERED = [], []
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"


def noise(seed, shape, bits, signed=False):
    """Smooth enough to be an image, rough enough to use every bit."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:shape[1], 0:shape[2]]
    wave = (np.sin(x / 3) + np.cos(y / 4) + 2) / 4
    values = wave[None, ..., None] * (2**bits - 1) + random.normal(0, 2**bits / 20, shape)
    values = np.clip(values, 0, 2**bits - 1).astype(np.int64)
    values[0, 0, 0], values[0, 0, 1] = 0, 2**bits - 1
    return values - 2 ** (bits - 1) if signed else values


def dataset(values, photometric, bits, allocated=None, signed=False, uid="1"):
    frames, rows, columns, samples = values.shape
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = SECONDARY_CAPTURE, "1.2.826.0.1.3680043.10.543." + uid
    ds.StudyInstanceUID = ds.SeriesInstanceUID = "1.2.826.0.1.3680043.10.543.0"
    ds.PatientName, ds.PatientID, ds.Modality = "Nobody", "", "OT"
    ds.Rows, ds.Columns, ds.SamplesPerPixel, ds.PhotometricInterpretation = rows, columns, samples, photometric
    if frames > 1:
        ds.NumberOfFrames = frames
    allocated = allocated or (8 if bits <= 8 else 16)
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = allocated, bits, bits - 1, int(signed)
    if samples > 1:
        ds.PlanarConfiguration = 0
    raw = values.astype("<i8") & (2**bits - 1)
    set_pixels(ds, raw.astype("u1" if allocated == 8 else "<u2").tobytes())
    return ds


def set_pixels(ds, data):
    ds.PixelData = data + b"\0" * (len(data) % 2)
    ds["PixelData"].VR = "OW" if ds.BitsAllocated > 8 else "OB"


def rle(ds):
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.compress(RLELossless, encoding_plugin="pydicom", generate_instance_uid=False)


def write(name, ds, syntax=ExplicitVRLittleEndian, tolerance=0, expected=None):
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    path = OUT / f"{name}.dcm"
    ds.save_as(path, enforce_file_format=True, implicit_vr=syntax == ImplicitVRLittleEndian, little_endian=True)
    expect(name, path, tolerance, expected)


def expect(name, path, tolerance=0, expected=None):
    ds = pydicom.dcmread(path)
    values = ds.pixel_array if expected is None else expected
    frames = int(ds.get("NumberOfFrames") or 1)
    values = np.ascontiguousarray(values.reshape(frames, ds.Rows, ds.Columns, ds.SamplesPerPixel))
    digest = hashlib.sha256(values.astype("<i4").tobytes()).hexdigest()
    LINES.append(",".join(map(str, [name, *values.shape, tolerance, digest])))
    if tolerance:
        (OUT / f"{name}.values").write_bytes(values.astype("u1").tobytes())


def dcmtk(name, source, *command, tolerance=0, expected=None):
    path = OUT / f"{name}.dcm"
    subprocess.run([command[0], *command[1:], str(OUT / f"{source}.dcm"), str(path)], check=True)
    expect(name, path, tolerance, expected)


def plain():
    for bits, allocated, signed in [(8, 8, 0), (8, 8, 1), (8, 16, 0), (10, 16, 0), (12, 16, 0), (12, 16, 1),
                                    (16, 16, 0), (16, 16, 1)]:
        name = f"grey-{bits}-of-{allocated}{'-signed' if signed else ''}"
        ds = dataset(noise(bits, (1, 13, 11, 1), bits, signed), "MONOCHROME2", bits, allocated, signed)
        write(name, ds)
        write(name + "-implicit", ds, ImplicitVRLittleEndian)
        write(name + "-deflated", ds, DeflatedExplicitVRLittleEndian)
        if bits != 8 or allocated == 8:
            rle(ds)
            write(name + "-rle", ds, RLELossless)
    write("monochrome1", dataset(noise(1, (1, 9, 8, 1), 8), "MONOCHROME1", 8))
    high = noise(2, (1, 9, 8, 1), 12)
    ds = dataset(high << 4, "MONOCHROME2", 16)
    ds.BitsStored, ds.HighBit = 12, 15
    write("grey-12-high-bit-15", ds, expected=high)  # pydicom leaves the shift to its caller
    overlay = noise(3, (1, 9, 8, 1), 12)
    ds = dataset(overlay | (noise(4, (1, 9, 8, 1), 4) << 12), "MONOCHROME2", 16)
    ds.BitsStored, ds.HighBit = 12, 11
    write("grey-12-overlay-above", ds, expected=overlay)  # old overlays lie in the unused bits


def colour():
    rgb = noise(5, (1, 10, 12, 3), 8)
    write("rgb", dataset(rgb, "RGB", 8))
    ds = dataset(rgb, "RGB", 8)
    ds.PlanarConfiguration = 1
    set_pixels(ds, rgb.transpose(0, 3, 1, 2).astype("u1").tobytes())
    write("rgb-planar", ds)
    write("rgb-16", dataset(noise(6, (1, 6, 5, 3), 16), "RGB", 16))
    ds = dataset(rgb, "RGB", 8)
    rle(ds)
    write("rgb-rle", ds, RLELossless)
    random = np.random.default_rng(7).integers(0, 256, (1, 32, 32, 3))
    write("ybr-full", dataset(random, "YBR_FULL", 8))
    ds = dataset(random, "YBR_FULL", 8)
    rle(ds)
    write("ybr-full-rle", ds, RLELossless)
    half = np.random.default_rng(8).integers(0, 256, (16, 8, 4)).astype("u1")
    ds = dataset(noise(9, (1, 16, 16, 3), 8), "YBR_FULL_422", 8)
    set_pixels(ds, half.tobytes())
    write("ybr-full-422", ds)
    for name, bits in [("palette-8", 8), ("palette-16", 16)]:
        ds = dataset(noise(10, (1, 9, 8, 1), 8), "PALETTE COLOR", 8)
        for k, c in enumerate(["Red", "Green", "Blue"]):
            table = np.random.default_rng(11 + k).integers(0, 2**bits, 200)
            setattr(ds, f"{c}PaletteColorLookupTableDescriptor", [200, 10, bits])
            data = table.astype("u1" if bits == 8 else "<u2").tobytes()
            setattr(ds, f"{c}PaletteColorLookupTableData", data)
            ds[f"{c}PaletteColorLookupTableData"].VR = "OW"
        write(name, ds)


def frames():
    values = noise(14, (3, 9, 8, 1), 12)
    write("frames-3", dataset(values, "MONOCHROME2", 12))
    ds = dataset(values, "MONOCHROME2", 12)
    rle(ds)
    write("frames-3-rle", ds, RLELossless)
    dcmtk("frames-3-lossless", "frames-3", "dcmcjpeg", "+e1")
    dcmtk("frames-3-split", "frames-3", "dcmcjpeg", "+e1", "+ot", "+fs", "1")
    split("frames-3-lossless", "frames-3-fragments")
    odd = noise(15, (3, 3, 3, 1), 8)
    write("frames-3-odd", dataset(odd, "MONOCHROME2", 8))


def split(source, name):
    """Three fragments for each frame, with an offset table."""
    ds = pydicom.dcmread(OUT / f"{source}.dcm")
    pieces = list(pydicom.encaps.generate_frames(ds.PixelData, number_of_frames=3))
    ds.PixelData = encapsulate(pieces, fragments_per_frame=3, has_bot=True)
    ds["PixelData"].is_undefined_length = True
    write(name, ds, ds.file_meta.TransferSyntaxUID)


def jpeg():
    for bits, allocated, signed in [(8, 8, 0), (12, 16, 0), (12, 16, 1), (16, 16, 0), (16, 16, 1)]:
        source = f"grey-{bits}-of-{allocated}{'-signed' if signed else ''}"
        dcmtk(source + "-lossless", source, "dcmcjpeg", "+e1")
    for predictor in range(1, 8):
        dcmtk(f"grey-16-predictor-{predictor}", "grey-16-of-16", "dcmcjpeg", "+el", "+sv", str(predictor))
    # libjpeg of pylibjpeg returns white for a point transform; dcmdjpeg the values without their low bits.
    dcmtk("grey-16-shift-2", "grey-16-of-16", "dcmcjpeg", "+el", "+sv", "1", "+pt", "2",
          expected=noise(16, (1, 13, 11, 1), 16) & ~3)
    dcmtk("rgb-lossless", "rgb", "dcmcjpeg", "+e1")
    # Java's and libjpeg's cosine transforms, and their colours at half the columns, differ by rounding.
    smooth = dataset(np.sort(noise(16, (1, 32, 40, 1), 8), axis=2), "MONOCHROME2", 8)
    write("smooth", smooth)
    dcmtk("smooth-baseline", "smooth", "dcmcjpeg", "+eb", "+q", "95", tolerance=1)
    ramp = np.stack([np.add.outer(np.arange(32) * a, np.arange(40) * b) for a, b in [(3, 2), (1, 4), (5, 1)]], -1)
    write("ramp", dataset(np.clip(ramp, 0, 255)[None], "RGB", 8))
    dcmtk("ramp-baseline-444", "ramp", "dcmcjpeg", "+eb", "+q", "95", "+s4", tolerance=3)
    dcmtk("ramp-baseline-422", "ramp", "dcmcjpeg", "+eb", "+q", "95", "+s2", tolerance=6)
    dcmtk("ramp-baseline-rgb", "ramp", "dcmcjpeg", "+eb", "+q", "95", "+cr", tolerance=2)


def headers():
    """Sequences of all lengths, private elements, odd text, an icon with compressed pixels."""
    ds = dataset(noise(17, (1, 9, 8, 1), 12), "MONOCHROME2", 12)
    inner, outer, icon = Dataset(), Dataset(), dataset(noise(18, (1, 4, 4, 1), 8), "MONOCHROME2", 8)
    inner.CodeValue, inner.CodeMeaning = "1", "odd"
    outer.ConceptNameCodeSequence = Sequence([inner, Dataset()])
    outer["ConceptNameCodeSequence"].is_undefined_length = True
    outer.is_undefined_length_sequence_item = True
    ds.ContentSequence = Sequence([outer, outer])
    ds["ContentSequence"].is_undefined_length = True
    ds.OtherPatientIDsSequence = Sequence([])
    ds.IconImageSequence = Sequence([icon])
    block = ds.private_block(0x0011, "OPENMARGIN TEST", create=True)
    block.add_new(1, "UN", b"\1\2\3")
    block.add_new(2, "SQ", Sequence([inner]))
    block.add_new(3, "UT", "x" * 70000)
    ds.RescaleSlope, ds.RescaleIntercept = "2", "-1024"
    ds.WindowCenter, ds.WindowWidth = ["40", "500"], ["400", "1500"]
    for syntax, name in [(ExplicitVRLittleEndian, "explicit"), (ImplicitVRLittleEndian, "implicit")]:
        if name == "implicit":
            del ds[0x0011, 0x1003]
        write(f"header-{name}", ds, syntax)
    dcmtk("header-undefined-lengths", "header-implicit", "dcmconv", "+te", "-e")
    dcmtk("header-defined-lengths", "header-implicit", "dcmconv", "+te", "+e")


def half_up(y):
    return np.floor(255 * np.clip(y, 0, 1) + 0.5).astype("u1")


def linear(x, c, w):  # PS3.3, section C.11.2.1.2.1
    return np.where(x <= c - 0.5 - (w - 1) / 2, 0, np.where(x > c - 0.5 + (w - 1) / 2, 1, (x - (c - 0.5)) / (w - 1) + 0.5))


def exact(x, c, w):
    return np.where(x <= c - w / 2, 0, np.where(x > c + w / 2, 1, (x - c) / w + 0.5))


def sigmoid(x, c, w):
    return 1 / (1 + np.exp(-4 * (x - c) / w))


def between(x, low, high):
    return exact(x, (low + high) / 2, high - low)


def rendered(name, rule, levels):
    digest = hashlib.sha256(np.ascontiguousarray(levels).astype("u1").tobytes()).hexdigest()
    RENDERED.append(f"{name};{rule};{digest}")


def rule(window="of the file", frame="frame 1"):
    return f"DICOM: window {window}, {frame}; 16 bits: upper byte"


def levels():
    """Levels by numpy, and by pydicom's palettes and rescaling."""
    x = noise(17, (1, 9, 8, 1), 12).astype(float) * 2 - 1024
    for name in ["header-explicit", "header-implicit", "header-undefined-lengths"]:
        rendered(name, rule(), half_up(linear(x, 40, 400)))
    rendered("header-explicit", rule("LINEAR_EXACT centre 300.5 width 900.0"), half_up(exact(x, 300.5, 900)))
    rendered("header-explicit", rule("SIGMOID centre 300.0 width 900.0"), half_up(sigmoid(x, 300, 900)))
    rendered("header-explicit", rule("LINEAR centre 300.0 width 1.0"), half_up(linear(x, 300, 1)))
    low, high = np.percentile(x, [5, 95], method="inverted_cdf")
    rendered("header-explicit", rule("percentiles 5.0 to 95.0"), half_up(between(x, low, high)))
    for name, values, signed in [("monochrome1", noise(1, (1, 9, 8, 1), 8), 0),
                                 ("grey-12-of-16-signed", noise(12, (1, 13, 11, 1), 12, True), 1)]:
        grey = half_up(between(values, values.min(), values.max()))
        rendered(name, rule(), 255 - grey if name == "monochrome1" else grey)
    three = noise(14, (3, 9, 8, 1), 12)
    for frame, text in [(0, "frame 1"), (1, "middle frame"), (2, "frame 3")]:
        x = three[frame]
        rendered("frames-3", rule(frame=text), half_up(between(x, x.min(), x.max())))
        rendered("frames-enhanced", rule(frame=text), half_up(linear(x * -2.0 + 100, 50 + frame, 300)))
    low, high = np.percentile(three[0] * -2.0 + 100, [10, 90], method="inverted_cdf")
    rendered("frames-enhanced", rule("percentiles 10.0 to 90.0"), half_up(between(three[0] * -2.0 + 100, low, high)))
    values = noise(19, (1, 9, 8, 1), 12, True)
    values[0, 4:, :, 0] = -2000
    kept = values[values != -2000].astype(float)
    rendered("padded", rule(), half_up(between(values, kept.min(), kept.max())))
    for name, shift in [("palette-8", 0), ("palette-16", 8)]:
        ds = pydicom.dcmread(OUT / f"{name}.dcm")
        rendered(name, rule(), pydicom.pixels.apply_color_lut(ds.pixel_array, ds) >> shift)
    rendered("rgb", rule(), noise(5, (1, 10, 12, 3), 8))
    wide = noise(6, (1, 6, 5, 3), 16)
    rendered("rgb-16", rule(), np.floor(wide * 255 / 65535 + 0.5))


def windows():
    """Windows and slopes for each frame, values that only fill up, burned-in text."""
    ds = dataset(noise(14, (3, 9, 8, 1), 12), "MONOCHROME2", 12)
    rescale, shared = Dataset(), Dataset()
    rescale.RescaleSlope, rescale.RescaleIntercept, rescale.RescaleType = "-2", "100", "US"
    shared.PixelValueTransformationSequence = Sequence([rescale])
    ds.SharedFunctionalGroupsSequence = Sequence([shared])
    groups = []
    for frame in range(3):
        voi, group = Dataset(), Dataset()
        voi.WindowCenter, voi.WindowWidth = str(50 + frame), "300"
        group.FrameVOILUTSequence = Sequence([voi])
        groups.append(group)
    ds.PerFrameFunctionalGroupsSequence = Sequence(groups)
    write("frames-enhanced", ds)
    values = noise(19, (1, 9, 8, 1), 12, True)
    values[0, 4:, :, 0] = -2000
    ds = dataset(values, "MONOCHROME2", 12, signed=True)
    ds.add_new(0x00280120, "SS", -2000)
    ds.BurnedInAnnotation = "YES"
    write("padded", ds)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for old in [*OUT.glob("*.dcm"), *OUT.glob("*.values")]:
        old.unlink()
    for part in (plain, colour, frames, jpeg, headers, windows, levels):
        part()
    (OUT / "expected.csv").write_text("\n".join(sorted(LINES)) + "\n")
    (OUT / "rendered.csv").write_text("\n".join(RENDERED) + "\n")
    print(len(LINES), "files,", sum(f.stat().st_size for f in OUT.iterdir()), "bytes")


main()
