package org.openmargin.parquet;

import com.github.luben.zstd.ZstdInputStream;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.openmargin.files.table.TableFileException;
import org.xerial.snappy.Snappy;

/** Unpacks pages. Apache's own factory needs Hadoop's codecs. */
final class Decompression implements CompressionCodecFactory {

  /** A copy of 64 bytes takes three. */
  private static final int SNAPPY_MOST = 22;

  /** A byte of a length stands for as many. */
  private static final int LZ4_MOST = 255;

  /** Bytes to exactly this many bytes. */
  private interface Codec {
    byte[] unpacked(byte[] packed, int size) throws IOException;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> new Pages((packed, size) -> packed);
      case SNAPPY -> new Pages(Decompression::unpackedSnappy);
      case GZIP -> new Pages(Decompression::gunzipped);
      case ZSTD -> new Pages(Decompression::unpackedZstd);
      case LZ4_RAW -> new Pages(Decompression::unpackedLz4);
      default ->
          throw new TableFileException(
              "its pages are compressed by %s, which is not read; write it with snappy, gzip, zstd or lz4_raw"
                  .formatted(name.toString().toLowerCase(Locale.ROOT)));
    };
  }

  private static byte[] gunzipped(byte[] packed, int size) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readNBytes(size);
    }
  }

  /** Reads on, rather than to believe the size. */
  private static byte[] unpackedZstd(byte[] packed, int size) throws IOException {
    try (var in = new ZstdInputStream(new ByteArrayInputStream(packed))) {
      return in.readNBytes(size);
    }
  }

  private static byte[] unpackedSnappy(byte[] packed, int size) throws IOException {
    requirePossible(packed, size, SNAPPY_MOST);
    if (Snappy.uncompressedLength(packed) != size) {
      throw new IOException("a page is not of the size that is said");
    }
    return Snappy.uncompress(packed);
  }

  /**
   * @param most bytes that come from one
   */
  private static void requirePossible(byte[] packed, int size, int most) throws IOException {
    if (size < 0 || size > (packed.length + 1L) * most) {
      throw new IOException("%d bytes cannot come from %d".formatted(size, packed.length));
    }
  }

  private static byte[] unpackedLz4(byte[] packed, int size) throws IOException {
    requirePossible(packed, size, LZ4_MOST);
    var unpacked = new byte[size];
    new Lz4Decompressor().decompress(packed, 0, packed.length, unpacked, 0, size);
    return unpacked;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("nothing is written");
  }

  @Override
  public void release() {
    // Holds nothing.
  }

  private record Pages(Codec codec) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(unpacked(bytes.toInputStream().readAllBytes(), size));
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer target, int size)
        throws IOException {
      var bytes = new byte[packedSize];
      packed.get(bytes);
      target.put(unpacked(bytes, size));
    }

    private byte[] unpacked(byte[] packed, int size) throws IOException {
      var unpacked = codec.unpacked(packed, size);
      if (unpacked.length != size) {
        throw new IOException("a page has %d bytes instead of %d".formatted(unpacked.length, size));
      }
      return unpacked;
    }

    @Override
    public void release() {
      // Holds nothing.
    }
  }
}
