package org.openmargin.data.audit;

import java.util.Optional;

/**
 * An image of a data set.
 *
 * @param split {@code train}, {@code validation} or {@code test}
 * @param className its label, as a name
 * @param id its name in the data set
 * @param group a pseudonym of its patient, slide or site; empty if none is known
 */
public record AuditedImage(String split, String className, String id, Optional<String> group) {}
