/**
 * Data sources: turn an npz file, class folders or a MedMNIST download into a {@link
 * org.openmargin.data.Dataset}. Start with {@link org.openmargin.data.source.NpzSource}.
 *
 * <p>A new source needs three things: its message in data.proto, with {@code (openmargin.v1.place)
 * = true} on its paths; its class here; its case in {@code DataModule}. Digests, absolute paths in
 * run folders and the check for missing files follow from these.
 */
package org.openmargin.data.source;
