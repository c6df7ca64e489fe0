package org.openmargin.data.source;

import java.nio.file.Path;

/**
 * An image file of a data set.
 *
 * @param id its name in the data set
 * @param label position of its class in the class names
 * @param group what must not lie on both sides of a division; empty if the data set has no groups
 */
public record LabeledFile(Path file, String id, int label, String group) {}
