package org.openmargin.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.Answers;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Tensor;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import tensorflow.serving.Predict.PredictRequest;
import tensorflow.serving.Predict.PredictResponse;
import tensorflow.serving.PredictionServiceGrpc;

/** A real model behind gRPC, by classes that others generated of TensorFlow Serving's, and REST. */
final class ModelServer extends PredictionServiceGrpc.PredictionServiceImplBase
    implements AutoCloseable {
  private final LoadedModel model;
  private final Server grpc;
  private final HttpServer rest;

  ModelServer(Path version) throws IOException {
    model = LoadedModel.open(version, ConfigProto.getDefaultInstance());
    grpc = NettyServerBuilder.forAddress(local()).addService(this).build().start();
    rest = HttpServer.create(local(), 0);
    rest.createContext("/v1/models/tiny:predict", this::answer);
    rest.start();
  }

  private static InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  int grpcPort() {
    return grpc.getPort();
  }

  int restPort() {
    return rest.getAddress().getPort();
  }

  private Answers call(String signature, List<byte[]> values) {
    var contract =
        signature.equals("describe") ? ModelContract.DESCRIBE : ModelContract.SERVING_BYTES;
    var input = contract.inputs().keySet().iterator().next();
    try (var tensor = TensorProtos.strings(values)) {
      return model.call(contract, Map.<String, Tensor>of(input, tensor));
    }
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> answer) {
    if (!request.getModelSpec().getName().equals("tiny")) {
      answer.onError(Status.NOT_FOUND.withDescription("Servable not found").asRuntimeException());
      return;
    }
    var values = request.getInputsMap().values().iterator().next().getStringValList();
    var files = values.stream().map(value -> value.toByteArray()).toList();
    var response = PredictResponse.newBuilder();
    try (var answers = call(request.getModelSpec().getSignatureName(), files)) {
      for (var name : request.getOutputFilterList()) {
        var bytes = TensorProtos.of(answers.tensor(name)).toByteArray();
        response.putOutputs(name, TensorProto.parseFrom(bytes));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  private void answer(HttpExchange call) {
    try (call) {
      var text = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var body = JsonParser.parseString(text).getAsJsonObject();
      var inputs = body.getAsJsonObject("inputs").entrySet().iterator().next().getValue();
      var files = new ArrayList<byte[]>();
      for (var value : inputs.getAsJsonArray()) {
        files.add(
            value.isJsonObject()
                ? Base64.getDecoder().decode(value.getAsJsonObject().get("b64").getAsString())
                : value.getAsString().getBytes(StandardCharsets.UTF_8));
      }
      var outputs = new JsonObject();
      try (var answers = call(body.get("signature_name").getAsString(), files)) {
        for (var name : answers.names()) {
          outputs.add(name, new Gson().toJsonTree(rows(answers, name)));
        }
      }
      var json = new JsonObject();
      json.add("outputs", outputs);
      var bytes = json.toString().getBytes(StandardCharsets.UTF_8);
      call.sendResponseHeaders(200, bytes.length);
      call.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object rows(Answers answers, String name) {
    var tensor = answers.tensor(name);
    if (tensor instanceof TString) {
      var all = answers.strings(name);
      return tensor.shape().numDimensions() < 2 ? all : List.of(all);
    }
    if (tensor instanceof TFloat32) {
      return tensor.shape().numDimensions() < 2 ? answers.floats(name) : answers.rows(name);
    }
    if (tensor instanceof TBool) {
      return answers.booleans(name);
    }
    if (tensor instanceof TInt64) {
      return answers.longs(name);
    }
    if (tensor instanceof TFloat64) {
      return answers.doubles(name);
    }
    throw new IllegalArgumentException(name);
  }

  @Override
  public void close() {
    grpc.shutdownNow();
    rest.stop(0);
    model.close();
  }
}
