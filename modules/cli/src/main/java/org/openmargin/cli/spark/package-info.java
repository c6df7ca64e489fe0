/**
 * Starts applications of Apache Spark, which is no part of OpenMargin: from a command line to the
 * exit code of {@code spark-submit}. Begin with {@link org.openmargin.cli.spark.SparkSubmit}.
 */
package org.openmargin.cli.spark;
