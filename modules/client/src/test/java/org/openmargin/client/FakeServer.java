package org.openmargin.client;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;
import tensorflow.serving.Predict.PredictRequest;
import tensorflow.serving.Predict.PredictResponse;
import tensorflow.serving.PredictionServiceGrpc;

/**
 * TensorFlow Serving in this JVM, from classes that others generated of its protos. The model has
 * the classes a and b; the last byte of a file is its unknown score, above 100 it is unknown. Files
 * that hold a 66 are refused, with the whole request.
 */
final class FakeServer extends PredictionServiceGrpc.PredictionServiceImplBase
    implements AutoCloseable, ServerInterceptor {
  static final byte POISON = 66;
  static final String DESCRIPTION = "{\"input\": {\"channels\": 1}}";

  /** What the next calls fail with. */
  final Queue<Status> failures = new ArrayDeque<>();

  final List<PredictRequest> requests = Collections.synchronizedList(new ArrayList<>());
  final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger silent = new AtomicInteger();
  boolean blocks;
  private final Server server;

  FakeServer() throws IOException {
    var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = NettyServerBuilder.forAddress(local).addService(this).intercept(this).build().start();
  }

  ServingAddress address() {
    return ServingAddress.parse("127.0.0.1:" + server.getPort());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var key = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    authorizations.add(String.valueOf(headers.get(key)));
    return next.startCall(call, headers);
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> answer) {
    requests.add(request);
    if (silent.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return;
    }
    var failure = failures.poll();
    if (failure != null) {
      answer.onError(failure.asRuntimeException());
      return;
    }
    var describe = request.getModelSpec().getSignatureName().equals("describe");
    var files =
        describe
            ? List.<ByteString>of()
            : request.getInputsOrThrow("image_bytes").getStringValList();
    if (files.stream().anyMatch(FakeServer::poisoned)) {
      answer.onError(Status.INVALID_ARGUMENT.withDescription("poison").asRuntimeException());
      return;
    }
    answer.onNext(describe ? described() : decided(files));
    answer.onCompleted();
  }

  private static boolean poisoned(ByteString file) {
    return file.byteAt(file.size() - 1) == POISON;
  }

  private static PredictResponse described() {
    return PredictResponse.newBuilder()
        .putOutputs("model", strings(1, 0, "blood"))
        .putOutputs("scorer", strings(1, 0, "energy"))
        .putOutputs("class_names", strings(1, 2, "a", "b"))
        .putOutputs("alpha", tensor(DataType.DT_DOUBLE, 1, 0).addDoubleVal(0.05).build())
        .putOutputs("threshold", tensor(DataType.DT_DOUBLE, 1, 0).addDoubleVal(100).build())
        .putOutputs("description", strings(1, 0, DESCRIPTION))
        .build();
  }

  private PredictResponse decided(List<ByteString> files) {
    var n = files.size();
    ToIntFunction<ByteString> score = file -> file.byteAt(file.size() - 1) & 0xff;
    var scores = tensor(DataType.DT_FLOAT, n, 0);
    var unknown = tensor(DataType.DT_BOOL, n, 0);
    var best = tensor(DataType.DT_INT64, n, 0);
    var reasons = tensor(DataType.DT_STRING, n, 0);
    var probabilities = new float[2 * n];
    for (var i = 0; i < n; i++) {
      var image = files.get(i).size() > 60;
      var value = score.applyAsInt(files.get(i));
      scores.addFloatVal(image ? value : Float.MAX_VALUE);
      unknown.addBoolVal(!image || value > 100);
      best.addInt64Val(image ? value % 2 : -1);
      var png = (files.get(i).byteAt(0) & 0xff) == 0x89;
      var reason = image ? "ok" : png ? "truncated" : "not_an_image";
      reasons.addStringVal(ByteString.copyFromUtf8(reason));
      probabilities[2 * i + value % 2] = image ? 0.75f : 0;
    }
    var p = tensor(DataType.DT_FLOAT, n, 2);
    if (blocks) {
      var block = ByteBuffer.allocate(8 * n).order(ByteOrder.LITTLE_ENDIAN);
      for (var value : probabilities) {
        block.putFloat(value);
      }
      p.setTensorContent(ByteString.copyFrom(block.array()));
    } else {
      for (var value : probabilities) {
        p.addFloatVal(value);
      }
    }
    return PredictResponse.newBuilder()
        .putOutputs("unknown_score", scores.build())
        .putOutputs("is_unknown", unknown.build())
        .putOutputs("best_known_index", best.build())
        .putOutputs("reason", reasons.build())
        .putOutputs("probabilities", p.build())
        // One value for all rows, as TensorFlow may write equal ones.
        .putOutputs("input_is_unusual", tensor(DataType.DT_BOOL, n, 0).addBoolVal(false).build())
        .build();
  }

  private static TensorProto strings(int rows, int width, String... values) {
    var tensor = tensor(DataType.DT_STRING, rows, width);
    for (var value : values) {
      tensor.addStringVal(ByteString.copyFromUtf8(value));
    }
    return tensor.build();
  }

  private static TensorProto.Builder tensor(DataType type, int rows, int width) {
    var shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(rows));
    if (width > 0) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(width));
    }
    return TensorProto.newBuilder().setDtype(type).setTensorShape(shape);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
