/**
 * Files for benchmarks to read: a folder of images, and what a client should not have sent. From
 * numbers of files to bytes. Begin with {@link org.openmargin.speed.files.JpegFolder}.
 */
package org.openmargin.speed.files;
