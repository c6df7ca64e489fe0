package org.openmargin.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Messages as gRPC carries them. */
record MessageMarshaller<T extends MessageLite>(Parser<T> parser)
    implements MethodDescriptor.Marshaller<T> {

  @Override
  public InputStream stream(T message) {
    return new ByteArrayInputStream(message.toByteArray());
  }

  @Override
  public T parse(InputStream stream) {
    try {
      return parser.parseFrom(stream);
    } catch (InvalidProtocolBufferException e) {
      throw Status.INTERNAL
          .withDescription("the server's answer is no such message")
          .withCause(e)
          .asRuntimeException();
    }
  }
}
