/**
 * Gives an exported model a gallery. From a version, and a gallery of embeddings, to the next
 * version, whose signature {@code identify} answers with enrolled identities; the network is not
 * trained again. Begin with {@link org.openmargin.exporter.gallery.GalleryExporter}.
 */
package org.openmargin.exporter.gallery;
