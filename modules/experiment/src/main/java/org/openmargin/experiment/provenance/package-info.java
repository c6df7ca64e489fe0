/**
 * Where numbers come from: from the code, libraries, machine and files of a run or an exported
 * model to fields that can be printed and compared. Begin with {@link
 * org.openmargin.experiment.provenance.Artefact}.
 */
package org.openmargin.experiment.provenance;
