package org.openmargin.config;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.Violation;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openmargin.config.text.SchemaPaths;

/**
 * Checks a message against the rules of the schema. The id of a message-level rule begins with the
 * field it is about, as in {@code warmup_epochs.below_epochs}; its breach is shown at that field.
 */
public final class Rules {
  /** protovalidate's wording and ours. */
  private static final Map<String, String> PLAIN_WORDS =
      Map.of(
          "greater than or equal to", "at least",
          "less than or equal to", "at most",
          "must be in list", "must be one of",
          "must contain at least", "must have at least",
          "item(s)", "values",
          "repeated value must contain unique items", "must not contain duplicates");

  private static final String MISSING = "is missing";

  private Rules() {}

  /**
   * A broken rule.
   *
   * @param path the field
   * @param missing if a field is missing, those of which one would fix it; else empty
   * @param message what is wrong and what would be right
   */
  public record Breach(String path, List<String> missing, String message) {}

  /** Building a validator takes a noticeable part of a second, so it is built once, lazily. */
  private static final class Once {
    static final Validator VALIDATOR = ValidatorFactory.newBuilder().build();
  }

  /**
   * All breaches, in schema order.
   *
   * @param config with resolved defaults
   */
  static List<Breach> breaches(Message config) {
    try {
      var result = Once.VALIDATOR.validate(config);
      return result.getViolations().stream()
          .map(violation -> breach(config, violation.toProto()))
          .toList();
    } catch (ValidationException e) {
      throw new IllegalStateException("The schema has a rule that cannot be checked", e);
    }
  }

  private static Breach breach(Message config, Violation violation) {
    var spot = new Spot("", config);
    for (var element : violation.getField().getElementsList()) {
      var inner = spot.in(element.getFieldName());
      if (inner.isEmpty()) {
        return missingChoice(spot, element.getFieldName());
      }
      spot = element.hasIndex() ? inner.get().item((int) element.getIndex()) : inner.get();
    }
    if (violation.getRuleId().equals("required")) {
      return new Breach(spot.path(), List.of(spot.path()), MISSING);
    }
    for (var name : violation.getRuleId().split("\\.", -1)) {
      spot = spot.in(name).orElse(spot);
    }
    if (violation.getMessage().equals(MISSING)) {
      return new Breach(spot.path(), List.of(spot.path()), MISSING);
    }
    return new Breach(spot.path(), List.of(), message(spot.value(), violation));
  }

  private static Breach missingChoice(Spot spot, String choice) {
    var members = spot.members(choice);
    return new Breach(
        SchemaPaths.join(spot.path(), choice),
        members.stream().map(member -> SchemaPaths.join(spot.path(), member)).toList(),
        "is missing; give one of " + String.join(", ", members));
  }

  private static String message(Object value, Violation violation) {
    if (value instanceof EnumValueDescriptor constant && constant.getNumber() == 0) {
      return "is " + constant.getName() + ", must be one of " + names(constant);
    }
    var rule = violation.getMessage();
    for (var words : PLAIN_WORDS.entrySet()) {
      rule = rule.replace(words.getKey(), words.getValue());
    }
    return rule.startsWith("must ") ? "is " + Values.text(value) + ", " + rule : rule;
  }

  private static String names(EnumValueDescriptor constant) {
    return constant.getType().getValues().stream()
        .filter(other -> other.getNumber() != 0)
        .map(EnumValueDescriptor::getName)
        .collect(Collectors.joining(", "));
  }

  private record Spot(String path, Object value) {

    Optional<Spot> in(String name) {
      if (!(value instanceof Message message)) {
        return Optional.empty();
      }
      return Optional.ofNullable(message.getDescriptorForType().findFieldByName(name))
          .map(field -> new Spot(SchemaPaths.join(path, name), message.getField(field)));
    }

    Spot item(int index) {
      return value instanceof List<?> list
          ? new Spot(path + "[" + index + "]", list.get(index))
          : this;
    }

    List<String> members(String choice) {
      return value instanceof Message message
          ? message.getDescriptorForType().getOneofs().stream()
              .filter(oneof -> oneof.getName().equals(choice))
              .flatMap(oneof -> oneof.getFields().stream())
              .map(FieldDescriptor::getName)
              .toList()
          : List.of();
    }
  }
}
