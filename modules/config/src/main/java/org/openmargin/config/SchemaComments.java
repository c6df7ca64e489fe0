package org.openmargin.config;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The schema's comments, by the full name of the element below each. Generated classes lack them,
 * so the build adds a descriptor set that has them.
 */
final class SchemaComments {
  private final Map<String, List<String>> byName = new HashMap<>();

  private SchemaComments(FileDescriptorSet files) {
    for (var file : files.getFileList()) {
      for (var location : file.getSourceCodeInfo().getLocationList()) {
        if (location.hasLeadingComments()) {
          var name = name(file, location.getPathList());
          byName.put(name, location.getLeadingComments().lines().map(String::strip).toList());
        }
      }
    }
  }

  static SchemaComments load() {
    try (var in = SchemaComments.class.getResourceAsStream("schema.binpb")) {
      return new SchemaComments(
          FileDescriptorSet.parseFrom(
              Objects.requireNonNull(in, "schema.binpb is not in the jar")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The comment lines above a message, field, enum or enum value; empty if there are none. */
  List<String> of(GenericDescriptor element) {
    return byName.getOrDefault(element.getFullName(), List.of());
  }

  /**
   * The full name for a path of field numbers and indices (see SourceCodeInfo.Location in
   * descriptor.proto); other paths (options, imports) get a name that matches nothing.
   */
  private static String name(FileDescriptorProto file, List<Integer> path) {
    var prefix = file.getPackage() + ".";
    if (path.size() < 2) {
      return "";
    }
    var rest = path.subList(2, path.size());
    return switch (path.get(0)) {
      case FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER ->
          nameIn(prefix, file.getMessageType(path.get(1)), rest);
      case FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER ->
          nameIn(prefix, file.getEnumType(path.get(1)), rest);
      default -> "";
    };
  }

  private static String nameIn(String prefix, DescriptorProto message, List<Integer> path) {
    var name = prefix + message.getName();
    if (path.isEmpty()) {
      return name;
    }
    var rest = path.subList(Math.min(2, path.size()), path.size());
    return switch (path.get(0)) {
      case DescriptorProto.FIELD_FIELD_NUMBER ->
          rest.isEmpty() ? name + "." + message.getField(path.get(1)).getName() : "";
      case DescriptorProto.ONEOF_DECL_FIELD_NUMBER ->
          rest.isEmpty() ? name + "." + message.getOneofDecl(path.get(1)).getName() : "";
      case DescriptorProto.NESTED_TYPE_FIELD_NUMBER ->
          nameIn(name + ".", message.getNestedType(path.get(1)), rest);
      case DescriptorProto.ENUM_TYPE_FIELD_NUMBER ->
          nameIn(name + ".", message.getEnumType(path.get(1)), rest);
      default -> "";
    };
  }

  /** A value's name includes that of its enum, as in protobuf-java. */
  private static String nameIn(String prefix, EnumDescriptorProto type, List<Integer> path) {
    if (path.isEmpty()) {
      return prefix + type.getName();
    }
    boolean isValue = path.size() == 2 && path.get(0) == EnumDescriptorProto.VALUE_FIELD_NUMBER;
    return isValue ? prefix + type.getName() + "." + type.getValue(path.get(1)).getName() : "";
  }
}
