/**
 * Decodes image files inside a graph, one file at a time, so that no file can fail another: from
 * the bytes of a JPEG or PNG file to pixels, or to the reason why there are none. What costs memory
 * is refused by the header, before anything is decoded. Begin with {@link
 * org.openmargin.exporter.encoded.FileDecoder}.
 */
package org.openmargin.exporter.encoded;
