import Testing
import Attar
