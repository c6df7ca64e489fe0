package org.openmargin.experiment.wiring;

import java.util.function.Consumer;

/**
 * A wired experiment: what the injector gives. All that a configuration decides, as objects.
 *
 * @param name of the experiment
 * @param data images and known classes
 * @param trainer the network, and how its weights are trained
 * @param scoring how images are scored, and which are rejected
 * @param export what the exported model is called
 * @param runtime what to compute on
 * @param notices receives what a person should know, one sentence at a time
 */
public record Recipe(
    String name,
    DataPreparation data,
    TrainerDesign trainer,
    Scoring scoring,
    ExportSettings export,
    RuntimeRequest runtime,
    Consumer<String> notices) {}
