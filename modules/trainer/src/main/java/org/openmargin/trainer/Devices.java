package org.openmargin.trainer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * The processors that TensorFlow can use in this process.
 *
 * @param names such as {@code CPU:0} and {@code GPU:0}
 */
public record Devices(List<String> names) {
  private static final String PREFIX = "/device:";

  /** Asks TensorFlow. */
  public static Devices list() {
    try (var scope = new PointerScope();
        var status = TF_Status.newStatus();
        var options = TFE_ContextOptions.newContextOptions()) {
      scope.attach(status);
      var context = tensorflow.TFE_NewContext(options, status);
      status.throwExceptionIfNotOK();
      try {
        return new Devices(names(context, status));
      } finally {
        tensorflow.TFE_DeleteContext(context);
      }
    }
  }

  private static List<String> names(TFE_Context context, TF_Status status) {
    TF_DeviceList devices = tensorflow.TFE_ContextListDevices(context, status);
    status.throwExceptionIfNotOK();
    try {
      var names = new ArrayList<String>();
      for (var i = 0; i < tensorflow.TF_DeviceListCount(devices); i++) {
        var name = tensorflow.TF_DeviceListName(devices, i, status).getString();
        names.add(name.substring(name.indexOf(PREFIX) + PREFIX.length()));
      }
      return List.copyOf(names);
    } finally {
      tensorflow.TF_DeleteDeviceList(devices);
    }
  }

  /** Whether there is a GPU among them. */
  public boolean hasGpu() {
    return names.stream().anyMatch(name -> name.startsWith("GPU:"));
  }
}
