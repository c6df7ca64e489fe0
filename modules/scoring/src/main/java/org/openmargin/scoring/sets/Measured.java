package org.openmargin.scoring.sets;

import java.util.Optional;
import org.openmargin.scoring.metric.Interval;

/**
 * A figure with its confidence interval, if it has one.
 *
 * @param value a fraction
 */
public record Measured(double value, Optional<Interval> interval) {}
