import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Replays the warm-up requests of an exported model in whichever version of TensorFlow Java is on the class path: one
 * source file for all of them, so messages are read by their field numbers and results are found by reflection.
 */
public final class Replay {
  /** Other versions sum in other orders; a part of the largest number, or of 1. */
  private static final double TOLERANCE = 1e-4;

  private static final int FLOAT = 1;
  private static final int UINT8 = 4;
  private static final int STRING = 7;
  private static final int INT64 = 9;

  /** A tensor's message: type, sizes, and its bytes or strings. */
  private record Message(int type, long[] shape, byte[] content, List<byte[]> strings) {
    int count() {
      return (int) Shape.of(shape).size();
    }
  }

  private record Request(String signature, Map<String, Message> inputs, Map<String, Message> outputs) {}

  public static void main(String[] args) throws Exception {
    var directory = Path.of(args[0]);
    var worst = new TreeMap<String, Double>();
    try (var bundle = SavedModelBundle.load(directory.toString(), "serve")) {
      for (var request : requests(directory.resolve("assets.extra/tf_serving_warmup_requests"))) {
        worst.merge(request.signature(), replay(bundle, request), Math::max);
      }
    }
    var failed = worst.values().stream().anyMatch(difference -> !(difference <= TOLERANCE));
    worst.forEach((name, difference) ->
        System.out.printf("%-8sTensorFlow %s: %s differs by at most %.1e%n",
            difference <= TOLERANCE ? "ok" : "FAILED", TensorFlow.version(), name, difference));
    System.exit(failed ? 1 : 0);
  }

  private static double replay(SavedModelBundle bundle, Request request) throws Exception {
    var inputs = new HashMap<String, Tensor>();
    request.inputs().forEach((name, message) -> inputs.put(name, tensor(message)));
    var result = bundle.function(request.signature()).call(inputs);
    var worst = 0.0;
    for (var output : request.outputs().entrySet()) {
      worst = Math.max(worst, difference(found(result, output.getKey()), output.getValue()));
    }
    inputs.values().forEach(Tensor::close);
    return worst;
  }

  /** A map of tensors until 0.5.0, later a result with optional ones. */
  private static Tensor found(Object result, String name) throws Exception {
    var found = result instanceof Map<?, ?> map ? map.get(name)
        : ((Optional<?>) result.getClass().getMethod("get", String.class).invoke(result, name)).orElseThrow();
    return (Tensor) found;
  }

  private static Tensor tensor(Message message) {
    var shape = Shape.of(message.shape());
    return switch (message.type()) {
      case STRING -> {
        var values = NdArrays.ofObjects(byte[].class, shape);
        for (var i = 0; i < message.strings().size(); i++) {
          values.setObject(message.strings().get(i), i);
        }
        yield TString.tensorOfBytes(values);
      }
      case UINT8 -> of(TUint8.class, shape, message);
      case FLOAT -> of(TFloat32.class, shape, message);
      case INT64 -> of(TInt64.class, shape, message);
      default -> throw new IllegalArgumentException("no input has type " + message.type());
    };
  }

  private static Tensor of(Class<? extends TType> type, Shape shape, Message message) {
    return Tensor.of(type, shape, DataBuffers.of(message.content(), true, false));
  }

  /** The largest difference of floats; 0 or infinity for others. */
  private static double difference(Tensor got, Message want) {
    if (got instanceof TString strings) {
      var values = new ArrayList<byte[]>();
      strings.asBytes().scalars().forEach(scalar -> values.add(scalar.getObject()));
      var same = values.size() == want.strings().size();
      for (var i = 0; same && i < values.size(); i++) {
        same = Arrays.equals(values.get(i), want.strings().get(i));
      }
      return same ? 0 : Double.POSITIVE_INFINITY;
    }
    var bytes = new byte[(int) got.numBytes()];
    got.asRawTensor().data().read(bytes);
    if (bytes.length != want.content().length) {
      return Double.POSITIVE_INFINITY;
    }
    if (!(got instanceof TFloat32)) {
      return Arrays.equals(bytes, want.content()) ? 0 : Double.POSITIVE_INFINITY;
    }
    var a = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    var b = ByteBuffer.wrap(want.content()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    var most = 0.0;
    var largest = 1.0;
    while (a.hasRemaining()) {
      var x = a.get();
      var y = b.get();
      most = Math.max(most, Math.abs(x - y));
      largest = Math.max(largest, Math.abs(y));
    }
    return most / largest;
  }

  /** TFRecord: length, its checksum, payload, its checksum. */
  private static List<Request> requests(Path file) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    var requests = new ArrayList<Request>();
    while (bytes.hasRemaining()) {
      var payload = new byte[(int) bytes.getLong()];
      bytes.getInt();
      bytes.get(payload);
      bytes.getInt();
      requests.add(request(payload));
    }
    return requests;
  }

  private static Request request(byte[] log) throws IOException {
    var predict = fields(fields(log).get(6).get(0));
    var request = fields(predict.get(1).get(0));
    var response = fields(predict.get(2).get(0));
    var spec = fields(request.get(1).get(0));
    return new Request(new String(spec.get(3).get(0)), tensors(request.get(2)), tensors(response.get(1)));
  }

  private static Map<String, Message> tensors(List<byte[]> entries) throws IOException {
    var tensors = new TreeMap<String, Message>();
    for (var entry : entries) {
      var parts = fields(entry);
      tensors.put(new String(parts.get(1).get(0)), message(parts.get(2).get(0)));
    }
    return tensors;
  }

  private static Message message(byte[] proto) throws IOException {
    var in = CodedInputStream.newInstance(proto);
    var type = 0;
    var shape = new ArrayList<Long>();
    var content = new byte[0];
    var strings = new ArrayList<byte[]>();
    for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> type = in.readEnum();
        case 2 -> {
          for (var dimension : fields(in.readByteArray()).getOrDefault(2, List.of())) {
            shape.add(size(dimension));
          }
        }
        case 4 -> content = in.readByteArray();
        case 8 -> strings.add(in.readByteArray());
        default -> in.skipField(tag);
      }
    }
    return new Message(type, shape.stream().mapToLong(Long::longValue).toArray(), content, strings);
  }

  private static long size(byte[] dimension) throws IOException {
    var in = CodedInputStream.newInstance(dimension);
    return in.readTag() == 0 ? 0 : in.readInt64();
  }

  /** The fields of a message that have a length, by number. */
  private static Map<Integer, List<byte[]>> fields(byte[] message) throws IOException {
    var fields = new HashMap<Integer, List<byte[]>>();
    var in = CodedInputStream.newInstance(message);
    for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag), n -> new ArrayList<>()).add(in.readByteArray());
      } else {
        in.skipField(tag);
      }
    }
    return fields;
  }
}
