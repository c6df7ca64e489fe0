package org.openmargin.dicom.file;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Walks through a data set up to its pixels (PS3.5, section 7). Each byte is looked at once, and
 * nothing is stored but what is asked for.
 */
final class DataSetReader {
  /** Real files do not come near; each level costs a stack frame. */
  private static final int DEEPEST = 32;

  /** One for each frame, at most, in the sequences that are kept. */
  private static final int MOST_ITEMS = 100_000;

  private final DataBytes bytes;
  private final Set<Attribute> wanted;
  private Optional<PixelData> pixels = Optional.empty();

  DataSetReader(DataBytes bytes, Set<Attribute> wanted) {
    this.bytes = bytes;
    this.wanted = wanted;
  }

  /**
   * A data set or an item.
   *
   * @param end behind its last byte; if it has no length, behind what holds it
   * @param open whether it ends at a delimiter
   * @param explicit whether value representations are written
   * @param depth 0 for the whole data set
   */
  private record Extent(int end, boolean open, boolean explicit, int depth) {}

  Attributes read(boolean explicit) {
    return dataSet(new Extent(bytes.length(), false, explicit, 0));
  }

  /** Known after {@link #read}. */
  Optional<PixelData> pixels() {
    return pixels;
  }

  private Attributes dataSet(Extent extent) {
    var kept = new EnumMap<Attribute, Attributes.Value>(Attribute.class);
    while (extent.open() || bytes.position() < extent.end()) {
      if (bytes.position() >= extent.end()) {
        throw Refusals.damaged("ends at byte %d, in a sequence", extent.end());
      }
      var head = ElementHead.read(bytes, extent.explicit());
      if (head.tag() == ElementHead.ITEM_END && extent.open()) {
        return new Attributes(kept);
      }
      if (extent.depth() == 0 && isPixels(head)) {
        pixels = Optional.of(new PixelDataReader(bytes).read(head));
        return new Attributes(kept);
      }
      element(head, extent, kept);
    }
    return new Attributes(kept);
  }

  private static boolean isPixels(ElementHead head) {
    if (head.tag() == ElementHead.FLOAT_PIXELS || head.tag() == ElementHead.DOUBLE_PIXELS) {
      throw Refusals.unsupported("with floating-point pixels is not read");
    }
    return head.tag() == ElementHead.PIXELS;
  }

  private void element(ElementHead head, Extent extent, Map<Attribute, Attributes.Value> kept) {
    if (head.tag() >>> 16 == ElementHead.ITEM >>> 16) {
      throw Refusals.damaged("has a delimiter at byte %d where none belongs", head.at());
    }
    var attribute = Attribute.of(head.tag()).filter(wanted::contains);
    var sequence = head.vr().equals("SQ") || attribute.filter(Attribute::sequence).isPresent();
    if (attribute.isPresent() && kept.containsKey(attribute.get())) {
      throw Refusals.damaged("has %s twice", attribute.get());
    }
    if (head.undefined() || (sequence && attribute.isPresent())) {
      var items = new ArrayList<Attributes>();
      if (fragments(head)) {
        new PixelDataReader(bytes).fragments();
      } else {
        sequence(head, extent, item -> keep(item, attribute.isPresent(), items));
      }
      attribute.ifPresent(a -> kept.put(a, new Attributes.Value(new byte[0], items)));
      return;
    }
    var length = head.lengthWithin(extent.end() - bytes.position());
    if (attribute.isPresent()) {
      kept.put(attribute.get(), new Attributes.Value(bytes.take(length), List.of()));
    } else {
      bytes.skip(length);
    }
  }

  /** The picture of an icon may be compressed, too. */
  private static boolean fragments(ElementHead head) {
    return head.tag() == ElementHead.PIXELS || head.vr().startsWith("O");
  }

  private static void keep(Attributes item, boolean wanted, List<Attributes> items) {
    if (items.size() == MOST_ITEMS) {
      throw Refusals.unsupported("with more than %d items in a sequence is not read", MOST_ITEMS);
    }
    if (wanted) {
      items.add(item);
    }
  }

  private void sequence(ElementHead head, Extent outer, Consumer<Attributes> items) {
    if (outer.depth() >= DEEPEST) {
      throw Refusals.damaged(
          "has sequences in sequences, more than %d deep, at byte %d", DEEPEST, head.at());
    }
    var left = outer.end() - bytes.position();
    var end = head.undefined() ? outer.end() : bytes.position() + head.lengthWithin(left);
    // PS3.5, section 6.2.2: unknown sequences are written without value representations.
    var explicit = outer.explicit() && !head.vr().equals("UN");
    while (head.undefined() || bytes.position() < end) {
      var item = ElementHead.read(bytes, explicit);
      if (item.tag() == ElementHead.SEQUENCE_END && head.undefined()) {
        return;
      }
      if (item.tag() != ElementHead.ITEM) {
        throw Refusals.damaged("has %s in a sequence, where an item or the end belongs", item);
      }
      var last =
          item.undefined() ? end : bytes.position() + item.lengthWithin(end - bytes.position());
      items.accept(dataSet(new Extent(last, item.undefined(), explicit, outer.depth() + 1)));
    }
  }
}
