package org.openmargin.data.source;

import java.nio.file.Path;

/**
 * An image file of a data set.
 *
 * @param id its name in the data set
 * @param label position of its class in the class names
 * @param group what must not lie on both sides of a division; empty if the data set has no groups
 * @param frame its number from 1; 0 for the one that the rule for levels names
 */
public record LabeledFile(Path file, String id, int label, String group, int frame) {

  /** The image of a file that has one. */
  public LabeledFile(Path file, String id, int label, String group) {
    this(file, id, label, group, 0);
  }

  /** Its name in messages: its path, unless the data set calls it otherwise. */
  String shown() {
    return file.toString().replace('\\', '/').endsWith(id) ? file.toString() : id;
  }
}
