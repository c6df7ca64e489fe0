package org.openmargin.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openmargin.serving.proto.ModelSpec;
import org.openmargin.serving.proto.PredictRequest;
import org.openmargin.serving.proto.PredictResponse;
import org.openmargin.serving.proto.Version;

/** The method Predict of TensorFlow Serving's PredictionService. */
record GrpcTransport(ManagedChannel channel, Channel calls, RemoteName name, CallSettings settings)
    implements Transport {
  private static final int LARGEST_ANSWER = 1 << 30;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final MethodDescriptor<PredictRequest, PredictResponse> PREDICT =
      MethodDescriptor.<PredictRequest, PredictResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("tensorflow.serving.PredictionService/Predict")
          .setRequestMarshaller(new MessageMarshaller<>(PredictRequest.parser()))
          .setResponseMarshaller(new MessageMarshaller<>(PredictResponse.parser()))
          .build();

  static GrpcTransport of(ServingAddress address, RemoteName name, CallSettings settings) {
    var builder =
        NettyChannelBuilder.forAddress(address.host(), address.port())
            .maxInboundMessageSize(LARGEST_ANSWER);
    var channel =
        (address.protocol().encrypted() ? builder.useTransportSecurity() : builder.usePlaintext())
            .build();
    var headers = new Metadata();
    settings.token().ifPresent(token -> headers.put(AUTHORIZATION, "Bearer " + token));
    var calls =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    return new GrpcTransport(channel, calls, name, settings);
  }

  @Override
  public Map<String, Column> call(String signature, Input input, List<String> outputs) {
    var spec = ModelSpec.newBuilder().setName(name.model()).setSignatureName(signature);
    name.version().ifPresent(v -> spec.setVersion(Version.newBuilder().setValue(v)));
    var request =
        PredictRequest.newBuilder()
            .setModelSpec(spec)
            .putInputs(input.name(), TensorColumn.strings(input.values()))
            .addAllOutputFilter(outputs)
            .build();
    var deadline =
        CallOptions.DEFAULT.withDeadlineAfter(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    try {
      var response = ClientCalls.blockingUnaryCall(calls, PREDICT, deadline, request);
      var columns = new LinkedHashMap<String, Column>();
      response.getOutputsMap().forEach((key, tensor) -> columns.put(key, TensorColumn.of(tensor)));
      return columns;
    } catch (StatusRuntimeException e) {
      throw failure(e);
    }
  }

  private CallException failure(StatusRuntimeException e) {
    var status = e.getStatus();
    var kind =
        switch (status.getCode()) {
          case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, CANCELLED ->
              CallException.Kind.TEMPORARY;
          case NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED ->
              CallException.Kind.FINAL;
          default -> CallException.Kind.REQUEST;
        };
    var words =
        switch (status.getCode()) {
          case DEADLINE_EXCEEDED -> "no answer within %s s".formatted(settings.seconds());
          default -> status.getCode() + reason(status.getDescription());
        };
    return new CallException(kind, words, e);
  }

  private static String reason(String description) {
    return description == null ? "" : ": " + description;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
