/**
 * What an image file holds and whether it is whole, before anything is decoded: bytes in, an {@link
 * org.openmargin.files.image.EncodedImage} or the reason of a refusal out. Training and serving ask
 * here, so that both refuse the same files. Start with {@link
 * org.openmargin.files.image.EncodedImage}.
 */
package org.openmargin.files.image;
