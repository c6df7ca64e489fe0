package org.openmargin.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Explains file errors in words: the message of many such exceptions is only a path. */
public final class FileErrors {
  private FileErrors() {}

  /** The reason without the file's name, for a message that begins with the name. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return "there is a file where a folder must be";
    }
    if (e instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** The reason behind what a reader of text says: that of its innermost cause. */
  public static String innermost(Throwable e) {
    var cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    return cause instanceof IOException known ? reason(known) : String.valueOf(cause.getMessage());
  }
}
