package org.openmargin.files.image;

import java.util.Set;

/**
 * Reads one more format of images. A provider of this service is found on the class path: {@code
 * openmargin-dicom} is one.
 */
public interface ImageConverter {

  /** A remark on a file of which one frame is used. */
  String SEVERAL_FRAMES = "are files of several frames: one of them is used";

  /** The format that it reads. */
  ImageFormat format();

  /**
   * Converts a file by the rule that a model carries.
   *
   * @throws ImageFileException in one line, if the file is damaged or of a kind that is not read
   */
  Converted convert(byte[] file, LevelRule rule);

  /**
   * How many frames a file has.
   *
   * @throws ImageFileException if it is damaged
   */
  default int frames(byte[] file) {
    return 1;
  }

  /**
   * The identifier in a file by which a list of images may call it.
   *
   * @throws ImageFileException if it has none
   */
  String id(byte[] file);

  /**
   * A converted file.
   *
   * @param png of 8 bits per sample
   * @param remarks what its user must know, each to be read behind "3 of 10 images"; nothing of the
   *     file's own text is in them
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Converted(byte[] png, Set<String> remarks) {
    public Converted {
      remarks = Set.copyOf(remarks);
    }
  }
}
