/**
 * Open-set identification by a gallery: identities are enrolled with the embeddings of some images,
 * and removed again, without any training. From embeddings to {@link
 * org.openmargin.serving.gallery.Identification}s, in plain Java; exported models hold the same as
 * their signature {@code identify}. Begin with {@link org.openmargin.serving.gallery.Gallery}.
 */
package org.openmargin.serving.gallery;
