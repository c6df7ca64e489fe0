package org.openmargin.scoring.scorer;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;

/** The numbers that {@code scorer_oracle.py} in the test resources printed. */
@SuppressWarnings("MutablePublicArray")
final class ScorerOracle {
  static final List<String> CLASSES = List.of("a", "b", "c");
  static final Head HEAD = Head.linear(CLASSES);
  static final Head COSINE = Head.cosine(CLASSES, 16);

  private static final float[][] X = {
    {2.0f, 0.3f, 0.0f, 0.0f},
    {1.55f, 0.0f, 0.06f, 1.34f},
    {1.51f, 0.0f, 0.49f, 0.36f},
    {2.11f, 0.0f, 0.0f, 0.7f},
    {0.66f, 0.0f, 0.0f, 0.0f},
    {0.16f, 0.0f, 0.0f, 0.27f},
    {0.16f, 1.81f, 0.0f, 0.0f},
    {0.0f, 2.11f, 0.0f, 0.0f},
    {0.0f, 1.19f, 1.06f, 0.0f},
    {0.0f, 2.88f, 0.0f, 0.0f},
    {0.11f, 2.06f, 0.0f, 0.08f},
    {1.36f, 0.45f, 0.86f, 0.12f},
    {0.0f, 2.0f, 2.76f, 0.0f},
    {0.07f, 0.58f, 1.81f, 0.68f},
    {0.0f, 0.67f, 3.44f, 0.0f},
    {0.2f, 0.0f, 2.13f, 0.0f},
    {0.0f, 0.0f, 2.9f, 1.15f},
    {0.0f, 0.0f, 2.65f, 0.0f}
  };
  private static final double[][] W = {
    {0.57, -0.05, 0.63, 0.34}, {-0.16, 0.62, -0.13, 0.76}, {-0.21, -0.15, 0.98, -0.06}
  };
  private static final double[] B = {-0.2, -1.11, -0.01};
  private static final float[][] Z = {
    {0.925f, -1.244f, -0.475f},
    {1.1769f, -0.34739998f, -0.35709998f},
    {1.0918f, -1.1417f, 0.1315f},
    {1.2406999f, -0.9156f, -0.4951f},
    {0.17620002f, -1.2156f, -0.14860001f},
    {-0.016999999f, -0.9304f, -0.0598f},
    {-0.1993f, -0.013400035f, -0.31509998f},
    {-0.3055f, 0.19819993f, -0.3265f},
    {0.40829995f, -0.50999993f, 0.85029995f},
    {-0.344f, 0.67560005f, -0.44200003f},
    {-0.2131f, 0.21039997f, -0.3469f},
    {1.1353f, -1.0692f, 0.47250003f},
    {1.4388f, -0.2288f, 2.3948f},
    {1.1824f, -0.4801f, 1.6213f},
    {1.9337001f, -1.1418f, 3.2607f},
    {1.2559f, -1.4189f, 2.0354002f},
    {2.0180001f, -0.61300004f, 2.763f},
    {1.4695001f, -1.4545f, 2.5870001f}
  };
  private static final float[][] ZC = {
    {9.7117405f, -1.0577624f, -3.6238167f},
    {11.727247f, 5.9392185f, -2.668806f},
    {13.8546295f, -0.31088343f, 1.3700135f},
    {11.314203f, 1.3960004f, -3.4391446f},
    {9.951328f, -2.5542593f, -3.3097425f},
    {10.179798f, 9.135519f, -2.5008414f},
    {0.0067256764f, 9.634395f, -2.6463563f},
    {-0.8729235f, 9.897755f, -2.364102f},
    {6.663966f, 6.0104237f, 8.50812f},
    {-0.8729235f, 9.897755f, -2.364102f},
    {-0.11078109f, 10.210305f, -2.5719595f},
    {13.916611f, 0.38882434f, 4.5396323f},
    {8.394096f, 4.127255f, 11.119766f},
    {11.948695f, 4.978485f, 12.728854f},
    {10.629092f, -0.1448534f, 14.708631f},
    {11.880974f, -2.3050332f, 15.068411f},
    {12.412394f, 2.5432506f, 14.009175f},
    {10.9988365f, -2.0753357f, 15.445465f}
  };
  private static final double[][] WC = {
    {9.951328153353005, -0.872923522223948, 10.998836380021745, 5.935879951122846},
    {-2.5542593673858858, 9.897755048620308, -2.075335736001032, 12.132731995082958},
    {-3.3097425123064013, -2.3641017945045726, 15.445465057429875, -0.945640717801829}
  };
  static final float[][] QUERIES = {
    {-0.17f, 2.25f, 1.48f, 0.46f},
    {1.5f, -0.01f, 2.08f, 0.49f},
    {1.38f, -1.44f, 1.02f, -2.03f},
    {-2.55f, 0.04f, -0.85f, 0.75f},
    {3.87f, -0.75f, -0.44f, 0.81f}
  };
  static final float[][] LOGITS = {
    {0.6794f, 0.46940002f, 1.1110001f},
    {2.1325f, -1.2542f, 1.6854999f},
    {0.611f, -3.899f, 1.0376f},
    {-1.936f, 0.0032999949f, -0.35850003f},
    {2.0416f, -1.5214f, -1.1899999f}
  };
  static final float[][] COSINE_LOGITS = {
    {5.6085835f, 9.210807f, 6.4541802f},
    {15.597103f, -0.8817111f, 10.235023f},
    {4.683501f, -14.727773f, 5.461525f},
    {-10.859561f, 6.3681545f, -1.9680408f},
    {9.666889f, -1.6223022f, -4.5938773f}
  };

  static final double[] ENTROPY = {
    1.0615060184274123,
    0.7541232207676806,
    0.6958620457691931,
    0.8983560687601991,
    0.2797709917469316
  };
  static final double[] ODIN_1000 = {
    1.0982545909787094,
    1.0973355167240997,
    1.0968270480591236,
    1.0978456097302787,
    1.0963487140685497
  };
  static final double[] GEN = {
    2.569233017772179, 2.4083398501216413, 2.313297672525324, 2.5038543174073387, 2.164367477093197
  };
  static final double[] GEN_TOP_2_EXPONENT_HALF = {
    0.9559545954867974,
    0.976304768034438,
    0.977859829197944,
    0.9831108639123509,
    0.43265113796969024
  };
  static final double[] PROTOTYPE_DISTANCE = {
    1.4045333639665756, 1.6558415528634205, 3.034775762045442, 3.57329170912874, 2.7384357014121328
  };
  static final double[] MAHALANOBIS = {
    12.668962660171637, 12.180329776952403, 59.33752851009284, 69.61521980827636, 30.914321307091658
  };
  static final double[] RELATIVE_MAHALANOBIS = {
    7.921072786753631, 7.498366154195139, -1.3046222663281668, 0.7827025794876619, 9.13672466863693
  };
  static final double[] GAUSSIAN_DENSITY = {
    4.318115628361674, 6.541208526427139, 26.826217756286795, 23.340757977738654, 11.187322188447025
  };
  static final double[] GAUSSIAN_DENSITY_UNPOOLED_RIDGE_TENTH = {
    4.790906958583861, 8.180103449568637, 42.30704122353584, 22.058913083392724, 29.151000551795654
  };
  static final double[] KNN_1 = {
    -0.9733746009412362,
    -0.8878571615107087,
    -0.45648090810787834,
    -0.014332315093860007,
    -0.9703205364483153
  };
  static final double[] KNN_3 = {
    -0.8233625481832265,
    -0.8142559829396845,
    -0.378595683020636,
    0.023968355350151824,
    -0.9178881770881301
  };
  static final double[] KNN_18 = {
    0.06210255470693661,
    0.0038301527554486024,
    0.47699141983449594,
    0.9136850905705777,
    0.21062928421637728
  };
  static final double[] NNGUIDE_1 = {
    -4.81503575833074,
    -7.2503915290061824,
    -1.5023076867916103,
    -0.01053754797559766,
    -3.0607173529861758
  };
  static final double[] NNGUIDE_10 = {
    -2.9054504485094714,
    -4.670607737949364,
    -0.8150868198578634,
    0.1854061040103079,
    -1.5776985831656107
  };
  static final double[] NNGUIDE_3_OF_HALF = {
    -4.25090357396395,
    -6.257135646188536,
    -0.9639260179186199,
    0.07604647987233747,
    -2.3095683845095927
  };
  static final double[] VIM_2 = {
    -0.06386440313300601,
    -2.0603376711137518,
    1.9300770953769633,
    1.708241826625656,
    -1.0226553811647876
  };
  static final double[] VIM_3 = {
    0.4501439565955907, -1.101265783621316, 8.805098709660589, 4.967006516269537, 0.8544137106912326
  };
  static final double[] VIM_2_COSINE = {
    -0.9892852946259083,
    -4.900381028600384,
    18.37714337371311,
    8.236238598127706,
    -6.481307683934547
  };
  static final double[] REACT = {
    -1.8798898021090333,
    -2.647335920824987,
    -1.5443594940295888,
    -0.6131884931519761,
    -1.2661153152636015
  };
  static final double[] REACT_MEDIAN_TEMPERATURE_2 = {
    -1.886837274652006,
    -1.9024506392606493,
    -1.4769349059276677,
    -1.3593602787677868,
    -1.537847877370719
  };
  static final double[] REACT_COSINE = {
    -9.219503671732772,
    -15.601783258451027,
    -5.839490506668129,
    -6.3683940937054135,
    -8.923659841315848
  };
  static final double[] OPENMAX_TAIL_3 = {
    0.4334865983969731,
    1.5675625113606506,
    -0.6877348088446014,
    -1.6522758106888056,
    0.030526265233508824
  };
  static final double[] OPENMAX_TAIL_20_TOP_2 = {
    0.06351593366750881,
    1.6420023973541034,
    0.4770229126368564,
    -0.8591361572415567,
    0.8756382740637318
  };

  private ScorerOracle() {}

  static TrainingOutputs training() {
    return training(HEAD, Z);
  }

  static TrainingOutputs cosineTraining() {
    return training(COSINE, ZC);
  }

  static TrainedHead trainedHead() {
    return new TrainedHead(HEAD, Optional.of(training()), Optional.of(dense()));
  }

  static LinearHead dense() {
    return new LinearHead(W, B, false);
  }

  static LinearHead cosine() {
    return new LinearHead(WC, new double[3], true);
  }

  private static TrainingOutputs training(Head head, float[][] logits) {
    var ids = IntStream.range(0, 18).mapToObj(i -> "train/" + i).toList();
    var labels = IntStream.range(0, 18).map(i -> i / 6).toArray();
    var names = IntStream.of(labels).mapToObj(CLASSES::get).toList();
    return new TrainingOutputs(new Predictions(head, new Truth(ids, labels, names), logits, X));
  }
}
