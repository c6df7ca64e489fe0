/**
 * Data sets of labelled images, and the class splits that make them open-set problems.
 *
 * <p>A {@link org.openmargin.data.DataSource} (npz file, class folders or drawn cells) becomes a
 * {@link org.openmargin.data.Dataset}, and with a {@link org.openmargin.data.ClassSplit} that
 * becomes {@link org.openmargin.data.OpenSetSplits}: training data without any unknown or test
 * images, and test data. Start with {@link org.openmargin.data.OpenSetSplits}, then {@link
 * org.openmargin.data.source.NpzSource}.
 */
package org.openmargin.data;
