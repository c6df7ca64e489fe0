/**
 * The commands that use an exported model: {@code predict} and {@code verify}. Begin with {@link
 * org.openmargin.cli.predict.PredictCommand}.
 */
package org.openmargin.cli.predict;
