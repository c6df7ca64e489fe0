/**
 * The commands {@code provenance} and {@code provenance diff}: from artefacts to what they come
 * from, printed. Begin with {@link org.openmargin.cli.provenance.ProvenanceCommand}.
 */
package org.openmargin.cli.provenance;
