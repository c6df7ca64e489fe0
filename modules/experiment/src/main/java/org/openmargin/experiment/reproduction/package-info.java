/**
 * Trains an artefact again: from a run or an exported model to what is equal and what differs.
 * Begin with {@link org.openmargin.experiment.reproduction.Reproduction}.
 */
package org.openmargin.experiment.reproduction;
