/**
 * TFRecord files of images, with the keys of TensorFlow's Model Garden: from records to images with
 * their classes, and back. Begin with {@link org.openmargin.data.tfrecord.ImageExample}.
 */
package org.openmargin.data.tfrecord;
