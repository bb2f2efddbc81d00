import Compute
import Testing
