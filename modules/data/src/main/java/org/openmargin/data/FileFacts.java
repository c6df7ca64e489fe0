package org.openmargin.data;

/**
 * What is known of an image's file besides its pixels at the network's size. It should not tell the
 * class.
 *
 * @param format such as JPEG
 * @param width of the stored image, px
 * @param height of the stored image, px
 * @param bytes of the file
 * @param device that made it, such as a camera's model; empty if the file does not say
 */
public record FileFacts(String format, int width, int height, long bytes, String device) {}
