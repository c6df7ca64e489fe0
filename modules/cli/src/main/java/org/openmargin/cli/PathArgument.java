package org.openmargin.cli;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Paths of the command line. An empty one would be the working directory, unintended. */
final class PathArgument implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("the name is empty; is a variable of the shell not set?");
    }
    return Path.of(text);
  }
}
